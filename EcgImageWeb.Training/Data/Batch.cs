namespace EcgImageWeb.Training.Data;

/// <summary>Some examples one behind the other, as a training step sees them. An augmentation takes one and gives a new one or writes into it.</summary>
/// <param name="Count">Number of examples.</param>
/// <param name="Inputs">Count inputs.</param>
/// <param name="Targets">Count targets.</param>
public sealed record Batch(int Count, float[] Inputs, float[] Targets)
{
    /// <summary>Reads a batch.</summary>
    /// <param name="examples">Where from.</param>
    /// <param name="indices">Which ones.</param>
    public static Batch Read(IExamples examples, ReadOnlySpan<int> indices)
    {
        var (inputSize, targetSize) = (examples.Input.Count, examples.Target.Count);
        var batch = new Batch(indices.Length, new float[indices.Length * inputSize], new float[indices.Length * targetSize]);
        for (var position = 0; position < indices.Length; position++)
            examples.Read(indices[position], batch.Inputs.AsSpan(position * inputSize, inputSize), batch.Targets.AsSpan(position * targetSize, targetSize));
        return batch;
    }
}
