using EcgImageWeb.Training.Data;
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

    /// <summary>Class probabilities, one array an example, each summing to one.</summary>
    /// <param name="trained">The network, whose temperature is applied.</param>
    /// <param name="examples">What to answer.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public static double[][] Probabilities(TrainedNetwork trained, IExamples examples, int batchSize = 32, CancellationToken cancellationToken = default)
        => [.. RawOutputs(trained, examples, batchSize, cancellationToken).Select(outputs => Softmax(outputs, trained.Temperature))];

    /// <summary>Softmax of raw outputs divided by a temperature.</summary>
    /// <param name="outputs">Raw outputs.</param>
    /// <param name="temperature">Above 0.</param>
    public static double[] Softmax(ReadOnlySpan<float> outputs, double temperature = 1)
    {
        var shares = new double[outputs.Length];
        var largest = double.NegativeInfinity;
        foreach (var output in outputs) largest = Math.Max(largest, output);
        for (var index = 0; index < outputs.Length; index++) shares[index] = Math.Exp((outputs[index] - largest) / temperature);
        var total = shares.Sum();
        return Array.ConvertAll(shares, share => share / total);
    }
}
