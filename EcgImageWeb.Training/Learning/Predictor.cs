using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Networks;
using static TorchSharp.torch;

namespace EcgImageWeb.Training.Learning;

/// <summary>Answers of trained networks, computed by the engine they were trained with.</summary>
public static class Predictor
{
    /// <summary>Raw outputs, one array an example.</summary>
    /// <param name="trained">The network.</param>
    /// <param name="examples">What to answer.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static float[][] RawOutputs(TrainedNetwork trained, IExamples examples, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        using var module = trained.Network.CreateModule();
        trained.Weights.CopyTo(module);
        module.eval();
        using var noGrad = no_grad();
        var answers = new List<float[]>(examples.Count);
        foreach (var indices in Enumerable.Range(0, examples.Count).Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var inputs = tensor(Batch.Read(examples, indices).Inputs).reshape(examples.Input.Batched());
            var outputs = module.call(inputs).contiguous().data<float>().ToArray();
            answers.AddRange(outputs.Chunk(outputs.Length / indices.Length));
        }

        return [.. answers];
    }

    /// <summary>Class probabilities, one array an example, each summing to one: what the exported model answers.</summary>
    /// <param name="ensemble">The networks.</param>
    /// <param name="examples">What to answer.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static double[][] Probabilities(Ensemble ensemble, IExamples examples, int batchSize = 32, CancellationToken cancellationToken = default)
    {
        var members = ensemble.Members.Select(member => RawOutputs(member, examples, batchSize, cancellationToken).Select(Softmax).ToArray()).ToArray();
        return [.. Enumerable.Range(0, examples.Count).Select(example =>
        {
            var mean = Enumerable.Range(0, members[0][example].Length)
                .Select(label => members.Zip(ensemble.Shares, (member, share) => share * member[example][label]).Sum()).ToArray();
            return ensemble.Temperature == 1 ? mean : Calibration.Tempered(mean, ensemble.Temperature);
        })];
    }

    /// <summary>Softmax of raw outputs.</summary>
    /// <param name="outputs">Raw outputs.</param>
    public static double[] Softmax(float[] outputs)
    {
        var largest = outputs.Max();
        var shares = Array.ConvertAll(outputs, output => Math.Exp(output - largest));
        var total = shares.Sum();
        return Array.ConvertAll(shares, share => share / total);
    }
}
