using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Ink that is no trace's: what somebody wrote with a pen, stamps. It has another colour than the traces, or is darker. Of a pixel the shares of red, green
/// and blue light that its ink takes away (absorbances, Beer and Lambert) are compared with those of the traces, so that the paper's tint and shadows do not count.
/// </summary>
internal static class ForeignInk
{
    /// <summary>Other inks differ by more than this, and by so much more than this share of the traces' own pixels do; degrees between absorbances.</summary>
    private const double LeastAngleDeg = 10, OfOwnAngle = 2, OwnShare = 0.8;

    /// <summary>What is darker than this share of the traces' own pixels by this factor is no trace's, where it is wider than the strokes of a QRS complex, which run into each other; millimetres.</summary>
    private const double OfOwnDarkness = 1.3, LeastDarkMm = 5;

    /// <summary>Of fainter pixels, shares of the traces' darkness, the colour is not known.</summary>
    private const float LeastAmount = 0.5f;

    /// <summary>Smaller pieces are where a trace crosses the grid, and flatter ones where it runs along one of its lines; millimetres.</summary>
    private const double LeastPieceMm = 4, FlatMm = 1;

    /// <summary>A page of which more than this share of the traces seems foreign has traces of several colours.</summary>
    private const double MostOfTraces = 0.25;

    /// <summary>What is left of it: as of ink that a grid hides, neither a trace's nor the paper's.</summary>
    private const float Left = 0.2f;

    /// <summary>The soft edge of a pen's stroke, millimetres.</summary>
    private const double EdgeMm = 0.15;

    /// <summary>The ink made faint where it is foreign, and where that is; the same ink and null where nothing is, or no colours are known.</summary>
    /// <param name="ink">The page's ink.</param>
    /// <param name="page">The page.</param>
    /// <param name="traces">Traces that run about where the page's do, most of their way.</param>
    public static (InkImage Ink, bool[]? Foreign) Without(InkImage ink, UprightPage page, IReadOnlyList<LeadTrace> traces)
    {
        var pxPerMm = (page.PxPerMmX + page.PxPerMmY) / 2;
        var absorbances = new Absorbances(page.Pixels, pxPerMm);
        var leads = traces.Select(trace => (trace.Place.Box, Ink: Own(ink, trace, absorbances))).Where(lead => lead.Ink.Length > 0).ToArray();
        Colour[] own = [.. leads.SelectMany(lead => lead.Ink)];
        if (own.Length == 0)
            return (ink, null);
        var usual = Usual(own);
        var usuals = leads.Select(lead => (lead.Box, Colour: Usual(lead.Ink))).ToArray();
        var angle = Math.Max(LeastAngleDeg * Math.PI / 180, OfOwnAngle * Quantile(own.Select(colour => colour.AngleTo(usual)), OwnShare));
        var darkness = OfOwnDarkness * Quantile(own.Select(colour => colour.Darkness), OwnShare);
        if (own.Count(colour => colour.AngleTo(usual) > angle) > MostOfTraces * own.Length)
            angle = Math.PI;
        byte[] coloured = new byte[ink.Amount.Length], darker = new byte[ink.Amount.Length];
        for (var i = 0; i < coloured.Length; i++)
            if ((ink.Amount[i] >= LeastAmount || ink.Hidden[i]) && absorbances.At(i) is var colour)
            {
                // A grid that hides traces has a colour of its own.
                coloured[i] = !ink.Hidden[i] && colour.AngleTo(usual) > angle && !IsLeads(colour, i % ink.Width, i / ink.Width) ? (byte)1 : (byte)0;
                darker[i] = colour.Darkness > darkness ? (byte)1 : (byte)0;
            }

        bool[]? foreign = null;
        Add(coloured, LeastPieceMm, (blobs, piece) => Math.Max(blobs.Width(piece), blobs.Height(piece)));
        Add(darker, LeastDarkMm, (blobs, piece) => blobs.Width(piece));
        if (foreign is null)
            return (ink, null);
        return (ink with { Amount = [.. ink.Amount.Select((amount, i) => foreign[i] ? Math.Min(amount, Left) : amount)] }, foreign);

        // Light that falls unevenly colours one lead's ink otherwise than another's.
        bool IsLeads(Colour colour, int x, int y) => usuals.Any(lead => x >= lead.Box.X && x < lead.Box.X + lead.Box.Width && y >= lead.Box.Y && y < lead.Box.Y + lead.Box.Height && colour.AngleTo(lead.Colour) <= angle);

        void Add(byte[] marked, double leastMm, Func<InkBlobs, int, int> length)
        {
            if (marked.Count(mark => mark != 0) < leastMm * pxPerMm)
                return;
            var mask = InkMask.Label(marked, new bool[marked.Length], ink.Width, ink.Height);
            var blobs = InkBlobs.Of(mask);
            var edge = (int)Math.Ceiling(EdgeMm * pxPerMm);
            for (int y = 0, i = 0; y < ink.Height; y++)
                for (var x = 0; x < ink.Width; x++, i++)
                {
                    if (mask.Component[i] is var piece && (piece == 0 || length(blobs, piece) < leastMm * pxPerMm || Math.Min(blobs.Width(piece), blobs.Height(piece)) < FlatMm * pxPerMm))
                        continue;
                    foreign ??= new bool[marked.Length];
                    for (var near = Math.Max(0, y - edge); near <= Math.Min(ink.Height - 1, y + edge); near++)
                        foreign.AsSpan((near * ink.Width) + Math.Max(0, x - edge), Math.Min(ink.Width - 1, x + edge) - Math.Max(0, x - edge) + 1).Fill(true);
                }
        }
    }

    private static Colour[] Own(InkImage ink, LeadTrace trace, Absorbances absorbances) =>
    [
        .. Enumerable.Range(0, trace.Row.Length).Where(column => !float.IsNaN(trace.Row[column]))
            .Select(column => Darkest(ink, trace.Place.Box.X + column, trace.Row[column])).OfType<int>().Select(absorbances.At),
    ];

    private static Colour Usual(Colour[] ink) => new(
        Quantile(ink.Select(colour => colour.Blue / colour.Size), 0.5), Quantile(ink.Select(colour => colour.Green / colour.Size), 0.5), Quantile(ink.Select(colour => colour.Red / colour.Size), 0.5));

    /// <summary>The darkest pixel of a column within a pixel of a row; null where there is no ink.</summary>
    private static int? Darkest(InkImage ink, int x, float row)
    {
        if (x < 0 || x >= ink.Width)
            return null;
        var best = (Amount: LeastAmount, At: (int?)null);
        for (var y = Math.Max(0, (int)row - 1); y <= Math.Min(ink.Height - 1, (int)row + 1); y++)
            if (ink.Amount[(y * ink.Width) + x] is var amount && amount >= best.Amount && !ink.Hidden[(y * ink.Width) + x])
                best = (amount, (y * ink.Width) + x);
        return best.At;
    }

    private static T Quantile<T>(IEnumerable<T> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    /// <summary>How much light of each colour ink takes away: natural logarithms of the paper's level over the pixel's.</summary>
    private readonly record struct Colour(float Blue, float Green, float Red)
    {
        private const float Least = 1e-6f;

        /// <summary>Share of the paper's light that is gone in the mean.</summary>
        public float Darkness => 1 - MathF.Exp(-(Blue + Green + Red) / 3);

        public float Size => MathF.Max(Least, MathF.Sqrt((Blue * Blue) + (Green * Green) + (Red * Red)));

        public double AngleTo(Colour other) => Math.Acos(Math.Clamp(((Blue * other.Blue) + (Green * other.Green) + (Red * other.Red)) / (Size * other.Size), -1, 1));
    }

    private sealed class Absorbances(Raster page, double pxPerMm)
    {
        /// <summary>The colour of what is darker than this share of the paper is not known.</summary>
        private const float LeastLevel = 0.1f;

        private readonly PaperLevels[] paper = [.. Enumerable.Range(0, page.Channels).Select(channel => PaperLevels.Of(page, channel, pxPerMm))];

        public Colour At(int pixel)
        {
            var (x, y) = (pixel % page.Width, pixel / page.Width);
            float Of(int channel) => Math.Max(0, -MathF.Log(Math.Max(LeastLevel, page.Pixels[(page.Channels * pixel) + channel] / paper[channel].At(x, y))));
            return page.Channels == 3 ? new Colour(Of(0), Of(1), Of(2)) : Of(0) is var gray ? new Colour(gray, gray, gray) : default;
        }
    }
}
