namespace Vision.Tests.Geometry;

/// <summary>Printed grids of the kinds that are met.</summary>
public enum PaperLook
{
    Pink,
    FaintOrange,
    Blue,
    Gray,
    CellsOnly,
    Dotted,
    BlackAndWhite,
}
