namespace EcgImageWeb.Training.Data;

/// <summary>What the pipeline makes of a page for the networks, so that it is decoded and cut once and not in every epoch.</summary>
/// <param name="LeadImages">Thirteen lead images as <c>cnn</c> and <c>crnn</c> see them: 150x150 bytes, row-major, 0 background and 255 ink.</param>
/// <param name="PageInput">What <c>page</c> sees.</param>
public sealed record PreparedPage(IReadOnlyList<byte[]> LeadImages, float[] PageInput);
