namespace EcgImageWeb.Vision.Synthesis;

/// <summary>How a sheet that is not flat moves what is on it: a wave of paper, or a fold with a soft crease.</summary>
/// <param name="Through">A place on the crest or crease.</param>
/// <param name="AngleDeg">Direction across the crest or crease.</param>
/// <param name="ShiftXMm">Largest move across; of a fold: per 100 mm from the crease.</param>
/// <param name="ShiftYMm">The same down.</param>
/// <param name="LengthMm">Wave length; of a fold: how soft its crease is.</param>
/// <param name="IsFold">A fold, else a wave.</param>
public sealed record PageBend(PagePoint Through, double AngleDeg, double ShiftXMm, double ShiftYMm, double LengthMm, bool IsFold)
{
    private const double FoldPerMm = 1 / 100.0;

    private readonly double across = Math.Cos(AngleDeg * Math.PI / 180), down = Math.Sin(AngleDeg * Math.PI / 180);

    /// <summary>How far the place is moved.</summary>
    public PagePoint ShiftOf(PagePoint place)
    {
        var s = Along(place);
        var share = IsFold ? (Math.Sqrt((s * s) + (LengthMm * LengthMm)) - LengthMm) * FoldPerMm : Math.Sin(2 * Math.PI * s / LengthMm);
        return new PagePoint(ShiftXMm * share, ShiftYMm * share);
    }

    /// <summary>How steeply the paper rises there, about -0.1 to 0.1: what light from the side makes brighter or darker.</summary>
    public double SlopeOf(PagePoint place)
    {
        var s = Along(place);
        var size = Math.Sqrt((ShiftXMm * ShiftXMm) + (ShiftYMm * ShiftYMm));
        return IsFold ? size * FoldPerMm * s / Math.Sqrt((s * s) + (LengthMm * LengthMm)) : size * 2 * Math.PI / LengthMm * Math.Cos(2 * Math.PI * s / LengthMm);
    }

    private double Along(PagePoint place) => ((place.XMm - Through.XMm) * across) + ((place.YMm - Through.YMm) * down);
}
