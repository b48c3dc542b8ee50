using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>Examples held in memory, with one class each.</summary>
/// <param name="Input">Shape of an input.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Labels">The class of each, 0 to Classes - 1.</param>
public sealed record ArrayExamples(Shape Input, int Classes, IReadOnlyList<float[]> Inputs, IReadOnlyList<int> Labels) : IExamples
{
    /// <inheritdoc/>
    public Shape Target => new(Classes);

    /// <inheritdoc/>
    public int Count => Inputs.Count;

    /// <inheritdoc/>
    public void Read(int index, Span<float> input, Span<float> target)
    {
        Inputs[index].CopyTo(input);
        target.Clear();
        target[Labels[index]] = 1;
    }
}
