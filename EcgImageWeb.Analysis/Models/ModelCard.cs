using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Analysis.Models;

/// <summary>A model as a person reads about it.</summary>
/// <param name="Manifest">Its <c>manifest.json</c>.</param>
/// <param name="SizeBytes">Size of its ONNX file; null where that is missing.</param>
/// <param name="Markdown">Its <c>card.md</c>; empty where there is none.</param>
public sealed record ModelCard(ModelManifest Manifest, long? SizeBytes, string Markdown);
