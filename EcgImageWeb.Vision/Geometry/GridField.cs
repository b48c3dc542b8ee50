namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// Where every pixel of a <see cref="GridSignal"/> lies in the printed grid: a homography for the camera and two smooth
/// surfaces for the bend of the paper. Positions are in lines of the two families that were counted.
/// </summary>
/// <param name="Homography">Flat paper seen by a camera.</param>
/// <param name="BendAcross">What the bend adds to the count of standing lines; null for flat paper.</param>
/// <param name="BendDown">What the bend adds to the count of lying lines.</param>
internal sealed record GridField(GridHomography Homography, SmoothSurface? BendAcross, SmoothSurface? BendDown)
{
    /// <summary>Rounds of the inversion; each leaves the bend's slope (below 0.2) of the error before.</summary>
    private const int InversionRounds = 7;

    public static GridField Flat(GridHomography homography) => new(homography, null, null);

    /// <summary>
    /// This field bent to follow counted lines.
    /// </summary>
    /// <param name="across">Counted standing lines.</param>
    /// <param name="down">Counted lying lines.</param>
    /// <param name="width">Of the signal.</param>
    /// <param name="height">Of the signal.</param>
    /// <param name="spacing">Distance of the knots, pixels.</param>
    /// <param name="stiffness">See <see cref="SmoothSurface.Fit"/>.</param>
    public static GridField Bent(IReadOnlyList<GridPoint> across, IReadOnlyList<GridPoint> down, int width, int height, double spacing, double stiffness)
    {
        var homography = GridHomography.Fit(across, down);
        return new GridField(
            homography,
            Surface(across, p => homography.At(p.X, p.Y).Across), Surface(down, p => homography.At(p.X, p.Y).Down));

        SmoothSurface Surface(IReadOnlyList<GridPoint> points, Func<GridPoint, double> flat) =>
            SmoothSurface.Fit([.. points.Select(p => p with { Lines = p.Lines - flat(p) })], width, height, spacing, stiffness);
    }

    /// <summary>Lines across and down at a place of the signal.</summary>
    public (double Across, double Down) At(double x, double y)
    {
        var (across, down, _) = Homography.At(x, y);
        return (across + (BendAcross?.At(x, y) ?? 0), down + (BendDown?.At(x, y) ?? 0));
    }

    /// <summary>The place in the signal of a place in the grid.</summary>
    public (double X, double Y) Back(double across, double down)
    {
        var (x, y) = Homography.Back(across, down);
        if (BendAcross is null || BendDown is null)
            return (x, y);
        for (var i = 0; i < InversionRounds; i++)
            (x, y) = Homography.Back(across - BendAcross.At(x, y), down - BendDown.At(x, y));
        return (x, y);
    }

    /// <summary>Change of both counts a pixel, over a distance of 2 pixels.</summary>
    public (double AcrossX, double AcrossY, double DownX, double DownY) Slope(double x, double y)
    {
        if (BendAcross is null)
            return Homography.Slope(x, y);
        var (right, left, below, above) = (At(x + 1, y), At(x - 1, y), At(x, y + 1), At(x, y - 1));
        return ((right.Across - left.Across) / 2, (below.Across - above.Across) / 2, (right.Down - left.Down) / 2, (below.Down - above.Down) / 2);
    }
}
