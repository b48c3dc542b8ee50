namespace EcgImageWeb.Analysis;

/// <summary>A stage begins.</summary>
/// <param name="Stage"><c>decode</c>, <c>upright</c>, <c>layout</c>, <c>leads</c>, <c>trace</c>, <c>inference</c>, <c>signals</c> or <c>files</c>; <c>draw</c> before them where the page is drawn here.</param>
/// <param name="ShareBehind">Share of the whole way that is done, 0 to 1.</param>
public readonly record struct StageProgress(string Stage, double ShareBehind);
