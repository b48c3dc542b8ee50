using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace EcgImageWeb.Inference.Models;

/// <summary>
/// A loaded model: a batch in, class probabilities out. The session is shared; any number of threads
/// may run it at once. Owned by whoever loaded it, usually a <see cref="ModelLibrary"/>.
/// </summary>
public sealed class Model : IDisposable
{
    private readonly InferenceSession session;
    private readonly string output;

    private Model(ModelManifest manifest, InferenceSession session, DeviceChoice device)
    {
        Manifest = manifest;
        Device = device;
        this.session = session;
        output = manifest.Output.Name ?? session.OutputNames[0];
    }

    /// <summary>What the model is.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>What it runs on, and why where that is not what was wished for.</summary>
    public DeviceChoice Device { get; }

    /// <summary>Makes a session of an ONNX file's bytes.</summary>
    /// <exception cref="ModelException">The engine cannot load it, or it lacks the manifest's input or output (<see cref="ModelFault.BadModel"/>).</exception>
    /// <exception cref="InferenceUnavailableException">The device asked for cannot be used.</exception>
    public static Model Load(ModelManifest manifest, byte[] onnx, InferenceOptions options)
    {
        var (sessionOptions, device) = DeviceChoice.SessionOptionsFor(options);
        using (sessionOptions)
        {
            try
            {
                return new Model(manifest, Open(manifest, onnx, sessionOptions), device);
            }
            // The provider's library may load and only the session find that there is no GPU, driver or memory.
            catch (OnnxRuntimeException e) when (device.Device == InferenceDevice.Cuda)
            {
                if (options.Device == InferenceDevice.Cuda)
                    throw DeviceChoice.Refusal(e);
                var onCpu = Load(manifest, onnx, options with { Device = InferenceDevice.Cpu });
                return new Model(manifest, onCpu.session, DeviceChoice.Fallback(e));
            }
            catch (OnnxRuntimeException e)
            {
                throw new ModelException(ModelFault.BadModel, $"Model '{manifest.Name}' cannot be loaded: {e.Message}", e);
            }
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="data">The inputs one after the other, row-major, prepared as the manifest says.</param>
    /// <param name="shape">Their shape; the first axis is the batch, the others those of the manifest.</param>
    /// <param name="cancellationToken">Stops the run, also in the middle.</param>
    /// <returns>One row an input, one probability a label; of a segmentation one for each label and point.</returns>
    /// <exception cref="ArgumentException">The shape is not the manifest's, or not that of the data.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="OnnxRuntimeException">The engine failed.</exception>
    public float[][] Run(float[] data, IReadOnlyList<int> shape, CancellationToken cancellationToken)
    {
        Check(data, shape);
        cancellationToken.ThrowIfCancellationRequested();
        using var runOptions = new RunOptions();
        using var cancelling = cancellationToken.Register(() => runOptions.Terminate = true);
        using var input = OrtValue.CreateTensorValueFromMemory(data, [.. shape.Select(length => (long)length)]);
        try
        {
            using var answers = session.Run(runOptions, [Manifest.Input.Name], [input], [output]);
            return Rows(answers[0].GetTensorDataAsSpan<float>(), shape[0]);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static InferenceSession Open(ModelManifest manifest, byte[] onnx, SessionOptions options)
    {
        var session = new InferenceSession(onnx, options);
        var missing = !session.InputMetadata.ContainsKey(manifest.Input.Name) ? $"input '{manifest.Input.Name}'"
            : manifest.Output.Name is { } name && !session.OutputMetadata.ContainsKey(name) ? $"output '{name}'"
            : null;
        if (missing is null)
            return session;
        session.Dispose();
        throw new ModelException(ModelFault.BadModel, $"The file of model '{manifest.Name}' has no {missing}, which its manifest names.");
    }

    private void Check(float[] data, IReadOnlyList<int> shape)
    {
        var wanted = Manifest.Input.Shape;
        var fits = shape.Count == wanted.Count && shape.Zip(wanted, (length, axis) => length > 0 && length == (axis.Length ?? length)).All(ok => ok);
        if (!fits)
            throw new ArgumentException($"Model '{Manifest.Name}' takes [{string.Join(", ", wanted)}], not [{string.Join(", ", shape)}].", nameof(shape));
        if (shape.Aggregate(1L, (product, length) => product * length) != data.Length)
            throw new ArgumentException($"{data.Length} numbers are not of shape [{string.Join(", ", shape)}].", nameof(data));
    }

    private float[][] Rows(ReadOnlySpan<float> values, int count)
    {
        // Point by point there is an answer a point and class.
        var classes = Manifest.Task == ModelTask.Segmentation ? values.Length / count : Manifest.Labels.Count;
        if (values.Length != count * classes || classes % Manifest.Labels.Count != 0)
            throw new ModelException(
                ModelFault.BadModel,
                $"Model '{Manifest.Name}' answered {values.Length} numbers for {count} inputs of {classes} classes.");
        var rows = new float[count][];
        for (var row = 0; row < count; row++)
        {
            rows[row] = values.Slice(row * classes, classes).ToArray();
            if (Manifest.Output.Kind == ModelOutputKind.Logits)
                TensorPrimitives.SoftMax(rows[row], rows[row]);
        }
        return rows;
    }
}
