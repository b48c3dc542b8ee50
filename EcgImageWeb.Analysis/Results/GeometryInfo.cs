namespace EcgImageWeb.Analysis.Results;

/// <summary>How the page lies and what a pixel is on paper.</summary>
/// <param name="RotationDeg">Rotation taken out, degrees.</param>
/// <param name="PxPerMmX">Pixels per millimetre across.</param>
/// <param name="PxPerMmY">Pixels per millimetre down.</param>
/// <param name="ScaleFrom"><c>grid</c>, <c>pulse</c>, <c>text</c>, <c>user</c> or <c>assumed</c>.</param>
/// <param name="MmPerS">Paper speed, mm/s.</param>
/// <param name="MmPerMv">Gain, mm/mV.</param>
/// <param name="SpeedFrom"><c>text</c>, <c>user</c> or <c>assumed</c>.</param>
/// <param name="GainFrom"><c>pulse</c>, <c>text</c>, <c>user</c> or <c>assumed</c>.</param>
/// <param name="Corners">Top left, top right, bottom right, bottom left as [x, y] in the decoded image.</param>
/// <param name="CornersFrom"><c>user</c> where a person set the corners; else null.</param>
public sealed record GeometryInfo(
    double RotationDeg,
    double PxPerMmX,
    double PxPerMmY,
    string ScaleFrom,
    double MmPerS,
    double MmPerMv,
    string SpeedFrom,
    string GainFrom,
    IReadOnlyList<double[]> Corners,
    string? CornersFrom = null);
