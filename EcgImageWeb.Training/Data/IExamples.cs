using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>Examples to learn from or to measure with, each an input and what should come out.</summary>
public interface IExamples
{
    /// <summary>Shape of an input.</summary>
    Shape Input { get; }

    /// <summary>Shape of a target: for classes a vector with one share a class.</summary>
    Shape Target { get; }

    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Writes one example.</summary>
    /// <param name="index">Zero-based number.</param>
    /// <param name="input">Room for one input.</param>
    /// <param name="target">Room for one target.</param>
    void Read(int index, Span<float> input, Span<float> target);
}
