using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Export;

/// <summary>A value in an ONNX graph.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">Its shape without the batch axis.</param>
internal readonly record struct OnnxValue(string Name, Shape Shape);
