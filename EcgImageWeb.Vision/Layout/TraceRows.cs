using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The rows of traces of a page: where their zero lines run and from where to where they reach; canvas pixels.</summary>
/// <param name="Baselines">Row of each zero line, from the top.</param>
/// <param name="Left">Column where the rows begin (calibration pulses that touch them included).</param>
/// <param name="Right">Column after their end.</param>
internal sealed record TraceRows(IReadOnlyList<double> Baselines, double Left, double Right)
{
    /// <summary>Ink that reaches this far across is a piece of trace, not a letter; millimetres.</summary>
    public const double LeastPieceMm = 2.5;

    /// <summary>A column whose ink is at most this tall shows a flat stretch of a trace, not a QRS stroke; millimetres.</summary>
    private const double FlatMm = 1.6;

    /// <summary>Smoothing of the flat stretches' histogram; millimetres.</summary>
    private const double SigmaMm = 1.5;

    /// <summary>Rows are at least this far apart: twelve on a sheet of 210 mm have 12; millimetres.</summary>
    private const double LeastDistanceMm = 8;

    /// <summary>Rows have at least this share of the flat columns of a typical row.</summary>
    private const double LeastShare = 0.3;

    /// <summary>A trace covers at least this share of its columns, lines of text and frames less; so much of it has to be flat where noise makes strokes of the rest.</summary>
    private const double LeastCoverage = 0.55, LeastFlat = 0.35;

    /// <summary>
    /// A frame's line, or the paper's edge in a photograph, rises by no more than this within this far, for this long; a trace does with every beat, at 30 beats a minute
    /// and 50 mm/s every 100 mm. Interruptions of a line; millimetres.
    /// </summary>
    private const double LineRiseMm = 0.45, LineWindowMm = 10, LineMm = 110, LineGapMm = 0.5;

    /// <summary>What begins or ends so far outside of most rows may rise by so much: no lead does; millimetres.</summary>
    private const double OutsideMm = 5, OutsideRiseMm = 0.7;

    /// <summary>A trace is interrupted by at most this much: a tall QRS, a label printed over it; millimetres.</summary>
    private const double MostGapMm = 9;

    /// <summary>A row goes on behind a longer break, ink of other rows or a stain, where it is so long there; millimetres.</summary>
    private const double MostBreakMm = 25, LeastBehindMm = 20;

    /// <summary>Beyond the outermost zero lines a row reaches as far as this share of the distance to its neighbour: what stands farther out is text or handwriting.</summary>
    private const double OutermostReach = 0.6;

    /// <summary>Shorter rows are text or a single beat; millimetres.</summary>
    private const double LeastLengthMm = 60;

    /// <summary>Rows end together to this, millimetres, in so many of them and this share.</summary>
    private const double SameEndMm = 2.5, LeastEnds = 3, LeastEndsShare = 0.25;

    /// <summary>Column where each row begins, and the one after its end.</summary>
    public IReadOnlyList<(double First, double End)> Ends { get; init; } = [];

    /// <summary>Mean distance of neighbouring rows, canvas pixels.</summary>
    public double Spacing => Baselines.Count > 1 ? (Baselines[^1] - Baselines[0]) / (Baselines.Count - 1) : 0;

    /// <summary>Half way to the neighbouring rows, canvas pixels; the outermost rows reach as far as inwards.</summary>
    public (double Above, double Below) Reach(int row)
    {
        var above = row > 0 ? Baselines[row] - Baselines[row - 1] : Baselines.Count > 1 ? Baselines[1] - Baselines[0] : 0;
        var below = row < Baselines.Count - 1 ? Baselines[row + 1] - Baselines[row] : above;
        return (above / 2, below / 2);
    }

    /// <summary>Largest distance of two neighbouring rows over the smallest, among some of the rows; no distance of rows of which both are known is too large.</summary>
    public double Unevenness(int first, int count, Func<int, bool>? isKnown = null)
    {
        var distances = Enumerable.Range(first, Math.Max(0, count - 1)).Select(row => (Px: Baselines[row + 1] - Baselines[row], IsKnown: isKnown is not null && isKnown(row) && isKnown(row + 1))).DefaultIfEmpty((1, true)).ToArray();
        var smallest = distances.Min(distance => distance.Px);
        return distances.Max(distance => distance.IsKnown ? smallest : distance.Px) / smallest;
    }

    /// <summary>Whether these are the same rows, or more, and longer by a share at least.</summary>
    public bool GoesOnFrom(TraceRows shorter, double factor) =>
        Baselines.Count >= shorter.Baselines.Count && Right - Left >= factor * (shorter.Right - shorter.Left) && shorter.Baselines.All(row => Baselines.Any(same => Math.Abs(same - row) <= Spacing / 4));

    /// <summary>The rows of a mask, none where nothing reaches across.</summary>
    public static TraceRows Of(InkMask mask, InkBlobs blobs, CanvasScale scale)
    {
        var (flat, tall) = Runs(mask, blobs, scale);
        var profile = new double[mask.Height];
        foreach (var (_, y) in flat)
            profile[y]++;
        profile = Filtering.Gaussian(profile, SigmaMm * scale.Y);
        var rows = Extents(Peaks(profile, scale), flat, scale);
        if (rows.Count == 0)
            return new TraceRows([], 0, 0);
        double first = Median(rows.Select(row => row.First)), end = Median(rows.Select(row => row.Last));
        rows.RemoveAll(row => IsLine(row, row.First < first - (OutsideMm * scale.X) || row.Last > end + (OutsideMm * scale.X), scale));
        if (rows.Count == 0)
            return new TraceRows([], 0, 0);
        double left = Median(rows.Select(row => row.First)), right = Median(rows.Select(row => row.Last)) + 1;
        var traces = rows.Where(row => row.Flat(left, right).Count(has => has) is var covered
            && (covered >= LeastCoverage * (right - left) || (covered >= LeastFlat * (right - left) && row.Covered(tall, left, right) >= LeastCoverage * (right - left)))).ToArray();
        if (traces.Length == 0)
            return new TraceRows([], 0, 0);
        return new TraceRows([.. traces.Select(row => row.Baseline)], Median(traces.Select(row => row.First)), SharedEnd([.. traces.Select(row => row.Last)], scale) + 1)
        {
            Ends = [.. traces.Select(row => ((double)row.First, row.Last + 1.0))],
        };
    }

    private static bool IsLine(Row row, bool isOutside, CanvasScale scale) =>
        row.Level(LineGapMm * scale.X, (int)(LineWindowMm * scale.X), (isOutside ? OutsideRiseMm : LineRiseMm) * scale.Y) >= LineMm * scale.X;

    /// <summary>Where rows end: the median, or farther right where some rows end together and the others are interrupted before.</summary>
    private static double SharedEnd(int[] ends, CanvasScale scale)
    {
        var median = Median(ends);
        double[] shared = [.. ends.Where(end => end > median + (MostGapMm * scale.X)).Select(end => ends.Where(other => Math.Abs(other - end) <= SameEndMm * scale.X).ToArray())
            .Where(group => group.Length >= Math.Max(LeastEnds, LeastEndsShare * ends.Length)).Select(Median)];
        return shared.Append(median).Max();
    }

    /// <summary>Middles of the short vertical runs of the wide components.</summary>
    internal static List<(int X, int Y)> FlatPoints(InkMask mask, InkBlobs blobs, CanvasScale scale) => Runs(mask, blobs, scale).Flat;

    /// <summary>The vertical runs of the wide components: the middles of the short ones, top and end of the others.</summary>
    private static (List<(int X, int Y)> Flat, List<(int X, int Top, int End)> Tall) Runs(InkMask mask, InkBlobs blobs, CanvasScale scale)
    {
        var piece = new bool[mask.Components];
        for (var c = 1; c < piece.Length; c++)
            piece[c] = blobs.Area[c] > 0 && blobs.Width(c) >= LeastPieceMm * scale.X;
        var (flat, tall) = (new List<(int, int)>(), new List<(int, int, int)>());
        var length = new int[mask.Width];
        var tallest = (int)(FlatMm * scale.Y);
        for (int y = 0, i = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++, i++)
                if (piece[mask.Component[i]])
                    length[x]++;
                else if (length[x] > 0)
                {
                    if (length[x] <= tallest)
                        flat.Add((x, y - 1 - (length[x] / 2)));
                    else
                        tall.Add((x, y - length[x], y));
                    length[x] = 0;
                }

        return (flat, tall);
    }

    /// <summary>Rows of the histogram's maxima, strongest first, those that are much weaker than the third left out.</summary>
    private static List<int> Peaks(double[] profile, CanvasScale scale)
    {
        var peaks = new List<int>();
        var away = (int)(LeastDistanceMm * scale.Y);
        var order = Enumerable.Range(1, Math.Max(0, profile.Length - 2))
            .Where(y => profile[y] > 0 && profile[y] >= profile[y - 1] && profile[y] > profile[y + 1])
            .OrderByDescending(y => profile[y]);
        foreach (var y in order)
        {
            if (peaks.Count > 2 && profile[y] < LeastShare * profile[peaks[2]])
                break;
            if (peaks.All(other => Math.Abs(other - y) >= away))
                peaks.Add(y);
        }

        peaks.Sort();
        return peaks;
    }

    /// <param name="Baseline">Row of its zero line.</param>
    /// <param name="Has">Whether a column has a flat stretch.</param>
    /// <param name="Offset">Distance of that stretch from the baseline.</param>
    /// <param name="First">First column of its longest stretch.</param>
    /// <param name="Last">Last column.</param>
    private sealed record Row(double Baseline, bool[] Has, int[] Offset, int First, int Last)
    {
        /// <summary>Length of the longest stretch that stays level: a ruled line, or the paper's edge, which a bent sheet bends.</summary>
        public int Level(double mostGap, int window, double mostRise)
        {
            int longest = 0, first = -1, last = -1;
            for (var x = 0; x < Has.Length; x++)
            {
                if (!Has[x])
                    continue;
                if (first < 0 || x - last > mostGap)
                    first = x;
                for (var before = last = x; before > Math.Max(first, x - window); before--)
                    if (Has[before - 1] && Math.Abs(Offset[before - 1] - Offset[x]) > mostRise)
                        first = before;
                longest = Math.Max(longest, last - first + 1);
            }

            return longest;
        }

        /// <summary>Whether each column between has a flat stretch.</summary>
        public bool[] Flat(double left, double right) => Has[Math.Clamp((int)left, 0, Has.Length)..Math.Clamp((int)Math.Ceiling(right), Math.Clamp((int)left, 0, Has.Length), Has.Length)];

        /// <summary>Columns between that have a flat stretch, or a stroke across the zero line.</summary>
        public int Covered(IEnumerable<(int X, int Top, int End)> tall, double left, double right)
        {
            var (from, covered) = (Math.Max(0, (int)left), Flat(left, right));
            foreach (var (x, top, end) in tall)
                if (top <= Baseline && end > Baseline && x >= from && x < from + covered.Length)
                    covered[x - from] = true;
            return covered.Count(has => has);
        }
    }

    /// <summary>Every row's longest stretch of flat columns.</summary>
    private static List<Row> Extents(List<int> peaks, List<(int X, int Y)> flat, CanvasScale scale)
    {
        if (peaks.Count == 0)
            return [];
        var width = flat.Count == 0 ? 0 : flat.Max(point => point.X) + 1;
        var has = peaks.Select(_ => new bool[width]).ToArray();
        var offset = peaks.Select(_ => new int[width]).ToArray();
        double above = peaks.Count > 1 ? peaks[0] - (OutermostReach * (peaks[1] - peaks[0])) : 0, below = peaks.Count > 1 ? peaks[^1] + (OutermostReach * (peaks[^1] - peaks[^2])) : double.PositiveInfinity;
        foreach (var (x, y) in flat.Where(point => point.Y >= above && point.Y <= below))
        {
            var row = peaks.BinarySearch(y);
            row = row >= 0 ? row : ~row;
            row = row == peaks.Count || (row > 0 && y - peaks[row - 1] < peaks[row] - y) ? row - 1 : row;
            if (!has[row][x] || Math.Abs(y - peaks[row]) < Math.Abs(offset[row][x]))
                offset[row][x] = y - peaks[row];
            has[row][x] = true;
        }

        var rows = new List<Row>();
        for (var i = 0; i < peaks.Count; i++)
        {
            var (first, last) = LongestStretch(has[i], scale.X);
            if (last - first >= LeastLengthMm * scale.X)
                rows.Add(new Row(peaks[i], has[i], offset[i], first, last));
        }

        return rows;
    }

    /// <summary>The longest stretch, and what goes on with it behind a break.</summary>
    private static (int First, int Last) LongestStretch(bool[] has, double pxPerMm)
    {
        var stretches = new List<(int First, int Last)>();
        for (var x = 0; x < has.Length; x++)
        {
            if (!has[x])
                continue;
            if (stretches.Count > 0 && x - stretches[^1].Last <= MostGapMm * pxPerMm)
                stretches[^1] = (stretches[^1].First, x);
            else
                stretches.Add((x, x));
        }

        if (stretches.Count == 0)
            return (0, 0);
        var longest = stretches.IndexOf(stretches.MaxBy(stretch => stretch.Last - stretch.First));
        var (first, last) = stretches[longest];
        bool IsRow(int i) => stretches[i].Last - stretches[i].First >= LeastBehindMm * pxPerMm;
        for (var i = longest + 1; i < stretches.Count && IsRow(i) && stretches[i].First - last <= MostBreakMm * pxPerMm; i++)
            last = stretches[i].Last;
        for (var i = longest - 1; i >= 0 && IsRow(i) && first - stretches[i].Last <= MostBreakMm * pxPerMm; i--)
            first = stretches[i].First;
        return (first, last);
    }

    private static double Median(IEnumerable<int> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}
