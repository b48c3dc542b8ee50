using EcgImageWeb.Training.Export;

namespace EcgImageWeb.Training.Models;

/// <summary>An exported model, and how its answers compare with those of the trained one.</summary>
/// <param name="Format">How its weights are stored.</param>
/// <param name="Onnx">The file.</param>
/// <param name="LargestDifference">Largest difference of a probability over the examples it was compared on.</param>
/// <param name="Changed">Examples whose most probable class is another.</param>
/// <param name="Examples">Examples it was compared on.</param>
public sealed record ModelExport(WeightFormat Format, byte[] Onnx, double LargestDifference, int Changed, int Examples);
