namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Where the places of the flat sheet are in the picture: moved by the bends of the paper, then seen by a pinhole camera.</summary>
/// <param name="Homography">Nine numbers, row by row, from millimetres of the sheet (after its bends) to pixels.</param>
/// <param name="Bends">Bends of the sheet; empty when it is flat.</param>
public sealed record PageMap(IReadOnlyList<double> Homography, IReadOnlyList<PageBend> Bends)
{
    /// <summary>Each round makes the error smaller by the bends' slopes, a tenth or so: ten leave nothing that a double could hold of a millimetre.</summary>
    private const int Rounds = 12;

    private readonly double[] inverse = Inverse(Homography);

    /// <summary>The pixel position of a place on the sheet.</summary>
    public PixelPoint ToPicture(PagePoint place)
    {
        double x = place.XMm, y = place.YMm;
        foreach (var bend in Bends)
        {
            var shift = bend.ShiftOf(place);
            (x, y) = (x + shift.XMm, y + shift.YMm);
        }
        var (u, v) = Apply(Homography, x, y);
        return new PixelPoint(u, v);
    }

    /// <summary>The place on the sheet that is seen at a pixel position, also outside of the sheet.</summary>
    public PagePoint ToPage(PixelPoint pixel)
    {
        var (u, v) = Apply(inverse, pixel.X, pixel.Y);
        var place = new PagePoint(u, v);
        for (var round = 0; Bends.Count > 0 && round < Rounds; round++)
        {
            double x = u, y = v;
            foreach (var bend in Bends)
            {
                var shift = bend.ShiftOf(place);
                (x, y) = (x - shift.XMm, y - shift.YMm);
            }
            place = new PagePoint(x, y);
        }
        return place;
    }

    /// <summary>Brightness that the bends give the paper at a place, seen in light from the side: about 0.8 to 1.2.</summary>
    internal double ShadeOf(PagePoint place) => 1 + (1.5 * Bends.Sum(bend => bend.SlopeOf(place)));

    private static (double X, double Y) Apply(IReadOnlyList<double> h, double x, double y)
    {
        var w = (h[6] * x) + (h[7] * y) + h[8];
        return (((h[0] * x) + (h[1] * y) + h[2]) / w, ((h[3] * x) + (h[4] * y) + h[5]) / w);
    }

    // The adjugate: a homography's scale is free.
    private static double[] Inverse(IReadOnlyList<double> h) =>
    [
        (h[4] * h[8]) - (h[5] * h[7]), (h[2] * h[7]) - (h[1] * h[8]), (h[1] * h[5]) - (h[2] * h[4]),
        (h[5] * h[6]) - (h[3] * h[8]), (h[0] * h[8]) - (h[2] * h[6]), (h[2] * h[3]) - (h[0] * h[5]),
        (h[3] * h[7]) - (h[4] * h[6]), (h[1] * h[6]) - (h[0] * h[7]), (h[0] * h[4]) - (h[1] * h[3]),
    ];
}
