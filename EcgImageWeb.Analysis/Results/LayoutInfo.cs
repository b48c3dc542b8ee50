namespace EcgImageWeb.Analysis.Results;

/// <summary>The layout of a page.</summary>
/// <param name="Name">For example <c>3x4+1</c>.</param>
/// <param name="From"><c>frame</c>, <c>grid</c>, <c>traces</c>, <c>template</c> or <c>user</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="ColumnsSimultaneous">Whether every column starts at second 0.</param>
public sealed record LayoutInfo(string Name, string From, double Confidence, bool ColumnsSimultaneous);
