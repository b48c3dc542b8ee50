namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Paper and its ruling.</summary>
/// <param name="Kind">Lines, dots or nothing.</param>
/// <param name="Paper">The sheet inside the grid.</param>
/// <param name="Fine">Lines every millimetre.</param>
/// <param name="Coarse">Lines every 5 mm.</param>
/// <param name="FineMm">Width of the fine lines.</param>
/// <param name="CoarseMm">Width of the coarse lines.</param>
/// <param name="IsCrisp">True: lines on whole pixels, as programs render them; false: where they belong, to a part of a pixel.</param>
public sealed record GridDesign(GridKind Kind, Colour Paper, Colour Fine, Colour Coarse, double FineMm, double CoarseMm, bool IsCrisp)
{
    /// <summary>The ruled part of the sheet, millimetres; all of it when null. The rest is white, with a frame of the coarse colour around the ruled part.</summary>
    public (double LeftMm, double TopMm, double RightMm, double BottomMm)? Area { get; init; }

    /// <summary>Where the first coarse lines cross, millimetres.</summary>
    public PagePoint Origin { get; init; }
}
