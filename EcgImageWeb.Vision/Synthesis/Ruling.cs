namespace EcgImageWeb.Vision.Synthesis;

/// <summary>The grid along one axis: how much of each pixel column (or row) its lines cover, 0 to 1.</summary>
internal sealed record Ruling(double[] Fine, double[] Coarse, double[] Dash, double[] Frame, bool[] IsInside)
{
    private const double FineMm = 1, CoarseMm = 5;

    /// <summary>Dotted lines have a dot every half millimetre.</summary>
    private const double DashMm = 0.5;

    public static Ruling Of(int lengthPx, double pxPerMm, GridDesign grid, double originMm, double fromMm, double toMm)
    {
        var inside = new bool[lengthPx];
        for (var i = 0; i < lengthPx; i++)
            inside[i] = (i + 0.5) / pxPerMm > fromMm && (i + 0.5) / pxPerMm < toMm;
        var frame = new double[lengthPx];
        Line(frame, fromMm * pxPerMm, 2 * grid.CoarseMm * pxPerMm, grid.IsCrisp);
        Line(frame, toMm * pxPerMm, 2 * grid.CoarseMm * pxPerMm, grid.IsCrisp);
        return new Ruling(Lines(FineMm, grid.FineMm), Lines(CoarseMm, grid.CoarseMm), Lines(DashMm, DashMm / 2), frame, inside);

        double[] Lines(double stepMm, double widthMm)
        {
            var lines = new double[lengthPx];
            for (var at = originMm - (Math.Floor(originMm / stepMm) * stepMm); at * pxPerMm < lengthPx + 1; at += stepMm)
                Line(lines, at * pxPerMm, widthMm * pxPerMm, grid.IsCrisp);
            return lines;
        }
    }

    private static void Line(double[] coverage, double at, double width, bool isCrisp)
    {
        if (isCrisp)
        {
            width = Math.Max(1, Math.Round(width));
            at = Math.Round(at - (width / 2)) + (width / 2);
        }
        double from = at - (width / 2), to = at + (width / 2);
        for (var i = Math.Max(0, (int)from); i < Math.Min(coverage.Length, to); i++)
            coverage[i] = Math.Max(coverage[i], Math.Clamp(Math.Min(i + 1, to) - Math.Max(i, from), 0, 1));
    }
}
