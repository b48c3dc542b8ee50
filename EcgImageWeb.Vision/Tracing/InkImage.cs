using EcgImageWeb.Vision.Geometry;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// The amount of ink on every pixel of a page: 0 paper and grid, 1 as dark as the traces. Coloured grids fade in the
/// brightest channel; what is left of a grid is taken out by its repetition, other paper and uneven light by their level.
/// </summary>
internal sealed record InkImage(int Width, int Height, float[] Amount)
{
    /// <summary>Where the grid is about as dark as the traces and nobody can say whether one crosses it; a value a pixel.</summary>
    public required bool[] Hidden { get; init; }

    /// <summary>The grid hides a trace from this share of the trace's darkness on.</summary>
    private const float HidingGrid = 0.5f;

    /// <summary>Ink of a pixel of which the grid tells nothing: neither a trace's nor the paper's.</summary>
    private const float HiddenInk = 0.25f;

    /// <summary>Noise that looks like ink after the grid was taken out is below this share of the grid's own darkness.</summary>
    private const float GridNoise = 0.3f;

    /// <summary>All but this share of the pixels beside the traces is grid: letters and pulses are rarer.</summary>
    private const double GridShare = 0.95;

    /// <summary>A grid is not darker than this share of the traces, else there is no telling them apart.</summary>
    private const double DarkestGrid = 0.6;

    /// <summary>Ink beside a trace is nearer than this to its middle, mm.</summary>
    private const double BesideMm = 0.6;

    /// <summary>Ink that a network finds less likely than this is no trace's; what it finds likelier than that is.</summary>
    private const float Unlikely = 0.1f, Likely = 0.4f;

    /// <summary>
    /// Ink that a network denies counts this much: enough to follow a trace that it did not know for one, less than a trace's own, so that where both
    /// are the way leads over what it knows. Without this share real scans lost pieces of their traces.
    /// </summary>
    private const float Doubted = 0.35f;

    /// <summary>A trace that moves by no more than this from the column before to the one after is level, pixels.</summary>
    private const double LevelPx = 0.5;

    /// <summary>Ink of a page whose traces run about where these do.</summary>
    public static InkImage Of(UprightPage page, IReadOnlyList<LeadTrace> traces)
    {
        var pxPerMm = (page.PxPerMmX + page.PxPerMmY) / 2;
        var gray = Gray.Brightest(page.Pixels);
        var dark = Darkness(gray, pxPerMm);
        var lines = GridInk.Of(Array.ConvertAll(dark, amount => (byte)Math.Clamp(amount * 255, 0, 255)), gray.Width, page.PxPerMmX, page.PxPerMmY);
        var beside = Math.Max(2, (int)Math.Ceiling(BesideMm * pxPerMm));
        var image = new InkImage(gray.Width, gray.Height, dark) { Hidden = new bool[dark.Length] };
        var (black, _) = image.Levels(traces, beside);
        for (var i = 0; i < dark.Length; i++)
        {
            var line = Math.Min(lines[i] / 255f, black);
            image.Hidden[i] = line > HidingGrid * black;
            dark[i] = image.Hidden[i] ? 0 : Math.Max(0, dark[i] - line - (GridNoise * line)) * black / (black - line - (GridNoise * line));
        }

        (black, var paper) = image.Levels(traces, beside);
        var scale = 1 / Math.Max(0.02f, black - paper);
        for (var i = 0; i < dark.Length; i++)
            dark[i] = image.Hidden[i] ? HiddenInk : Math.Clamp((dark[i] - paper) * scale, 0, 1);
        return image;
    }

    /// <summary>
    /// The same page with what a network takes for something else than a trace made faint. How dark a stroke is, to a part of a pixel, stays what the page
    /// shows; where the grid hides it, the network's answer is all there is.
    /// </summary>
    /// <param name="probability">How likely each pixel of the page is trace ink.</param>
    public InkImage Of(InkProbability probability)
    {
        var likely = probability.OnPage(Width, Height);
        var amount = new float[Amount.Length];
        for (var i = 0; i < amount.Length; i++)
        {
            var trace = Math.Clamp((likely[i] - Unlikely) / (Likely - Unlikely), 0, 1);
            amount[i] = Hidden[i] ? trace : Amount[i] * Math.Max(Doubted, trace);
        }

        return new InkImage(Width, Height, amount) { Hidden = new bool[amount.Length] };
    }

    /// <summary>The pen's width, pixels: the median ink across the traces where they run level; 1 where they never do.</summary>
    public double PenWidth(IReadOnlyList<LeadTrace> traces)
    {
        var across = new List<double>();
        foreach (var (place, rows) in traces.Select(trace => (trace.Place, trace.Row)))
            for (var x = 1; x + 1 < rows.Length; x++)
            {
                if (!(Math.Abs(rows[x + 1] - rows[x - 1]) <= LevelPx) || place.Box.X + x < 0 || place.Box.X + x >= Width)
                    continue;
                var sum = 0.0;
                for (var y = Math.Max(0, (int)(rows[x] - PenGauge.Reach)); y <= Math.Min(Height - 1, rows[x] + PenGauge.Reach); y++)
                    sum += Amount[(y * Width) + place.Box.X + x];
                across.Add(sum);
            }

        across.Sort();
        return across.Count == 0 ? 1 : across[across.Count / 2];
    }

    /// <summary>Traces' and grid's darkness: the median of the darkest pixel across the traces, and what lies beside them.</summary>
    private (float Black, float Grid) Levels(IReadOnlyList<LeadTrace> traces, int beside)
    {
        var near = new bool[Amount.Length];
        var inside = new int[256];
        var across = new List<float>();
        var (top, bottom) = (Height, 0);
        foreach (var trace in traces)
            for (var column = 0; column < trace.Row.Length; column++)
            {
                var (x, row) = (trace.Place.Box.X + column, trace.Row[column]);
                if (float.IsNaN(row))
                    continue;
                int first = Math.Clamp((int)row - beside, 0, Height - 1), last = Math.Clamp((int)row + beside, 0, Height - 1);
                var darkest = 0f;
                for (var y = first; y <= last; y++)
                {
                    near[(y * Width) + x] = true;
                    darkest = Math.Max(darkest, Amount[(y * Width) + x]);
                }

                across.Add(darkest);
                (top, bottom) = (Math.Min(top, first), Math.Max(bottom, last));
            }

        if (across.Count == 0)
            return (1, 0);
        across.Sort();
        var total = 0;
        for (var i = top * Width; i < (bottom + 1) * Width; i++)
            if (!near[i])
            {
                inside[(int)(Math.Clamp(Amount[i], 0, 1) * 255)]++;
                total++;
            }

        var (black, grid) = (across[across.Count / 2], 0);
        for (var seen = 0; grid < 255 && (seen += inside[grid]) < GridShare * total;)
            grid++;
        return (black, Math.Min((float)(DarkestGrid * black), grid / 255f));
    }

    /// <summary>How much darker than the paper around it each pixel is, as a share of the paper's level.</summary>
    private static float[] Darkness(Raster gray, double pxPerMm)
    {
        var paper = PaperLevels.Of(gray, 0, pxPerMm);
        var dark = new float[gray.Pixels.Length];
        for (int y = 0, i = 0; y < gray.Height; y++)
            for (var x = 0; x < gray.Width; x++, i++)
                dark[i] = 1 - (gray.Pixels[i] / paper.At(x, y));
        return dark;
    }
}
