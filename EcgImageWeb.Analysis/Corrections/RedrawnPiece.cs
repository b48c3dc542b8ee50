namespace EcgImageWeb.Analysis.Corrections;

/// <summary>A piece of a lead's trace that follows the ink between clicked points.</summary>
/// <param name="Lead">Key of the lead.</param>
/// <param name="Points">Two or more places as [x, y] in the upright page.</param>
public sealed record RedrawnPiece(string Lead, IReadOnlyList<double[]> Points);
