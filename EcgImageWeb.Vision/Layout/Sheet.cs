using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>What was seen on a page at one level of ink: rows of traces, calibration pulses, words, and the formats that fit them.</summary>
internal sealed record Sheet(
    TraceCanvas Canvas, CanvasScale Scale, InkMask Mask, TraceRows Rows, IReadOnlyList<PulseFinder.Pulse> Pulses, IReadOnlyList<PrintedWord> Words, IReadOnlyList<FormatFit> Fits, ScaleText Text, (double Left, double Right) Ends)
{
    /// <summary>Pulses stand at most this far outside of the rows' ends, and inside; millimetres.</summary>
    private const double PulseReachMm = 25;

    /// <summary>At least this share of the rows has a pulse where rows have them; a single one beside all rows is one for all.</summary>
    private const double LeastPulseRows = 0.3;

    /// <summary>Ten seconds; rows that are longer by up to so much begin or end with the foot of a pulse, or with names before them; millimetres.</summary>
    private const double UsualLengthMm = 250, MostFootMm = 6, MostExtraMm = 14;

    /// <summary>Ends of rows are seen to this; millimetres.</summary>
    private const double SameLengthMm = 2;

    /// <summary>A second look is worth while for formats that fit at most this much worse than the best; and for no more than so many.</summary>
    private const double SecondLookMargin = 12;

    private const int MostSecondLooks = 3;

    /// <summary>Twelve rows, and lines of text above and below.</summary>
    private const int MostRows = 16;

    /// <summary>Of drawn pages no two rows of traces, long strips too, stand a third farther apart than others.</summary>
    private const double MostUneven = 1.4;

    /// <summary>A cell's height is measured to this share.</summary>
    private const double CellTolerance = 0.2;

    /// <summary>A name stands at the traces' end, and on their zero line, to this; millimetres.</summary>
    private const double NameAtEndMm = 1.5, NameOnLineMm = 1.6;

    /// <summary>Traces of photocopies are interrupted by up to so much; millimetres.</summary>
    private const double BreakMm = 0.5;

    /// <summary>How well the best format fits.</summary>
    public double Score => Fits.Count == 0 ? double.NegativeInfinity : Fits[0].Score;

    /// <summary>How much better than the next format.</summary>
    public double Margin => Fits.FirstOrDefault(fit => fit.Format != Fits[0].Format) is { } other ? Fits[0].Score - other.Score : double.PositiveInfinity;

    /// <summary>Amplitude by most pulses' height, the nearest of 5, 10 and 20 mm/mV; what is printed counts like a pulse; null without a pulse, and where a single one, or cells of the grid, deny what is printed.</summary>
    public double? MmPerMv => MmPerMvOfPulses is { } told && (Pulses.Count == 1 || told == PulseFinder.CellMm) && Text.MmPerS is not null && Text.MmPerMv is { } printed && printed != told ? null : MmPerMvOfPulses;

    private double? MmPerMvOfPulses => Pulses.GroupBy(pulse => PulseFinder.Heights.MinBy(height => Math.Abs(Math.Log(pulse.Height / Scale.Y / height))))
        .OrderByDescending(alike => alike.Count() + (alike.Key == Text.MmPerMv ? 1 : 0))
        .ThenBy(alike => alike.Min(pulse => Math.Abs(Math.Log(pulse.Height / Scale.Y / alike.Key))))
        .Select(alike => (double?)alike.Key).FirstOrDefault();

    /// <summary>Whether the pulses are 10 mm wide.</summary>
    public bool HasWidePulses => Pulses.Count > 0 && (Pulses[Pulses.Count / 2].Last - Pulses[Pulses.Count / 2].First) / Scale.X is > 8.5 and < 11.5;

    /// <summary>Whether the rows are ten seconds long.</summary>
    public bool IsUsual => Math.Abs(ExtraMm) <= SameLengthMm;

    /// <summary>Whether the rows seem to be longer than ten seconds: what is too much are pulses, names or a grid.</summary>
    public bool IsOverlong => ExtraMm > SameLengthMm;

    /// <summary>Whether the rows are shorter than any of ten seconds, or of seven and a half in three columns.</summary>
    public bool IsShort => ExtraMm < -UsualLengthMm / 4 - (2 * SameLengthMm);

    /// <summary>Whether rows were seen that belong to no lead of the likeliest format, or stand farther away than traces do.</summary>
    public bool HasStrayRows => Fits.Count > 0 && Fits[0] is { Format: var format, FirstRow: var first } && format.Rows + format.RhythmStrips is var count
        && (Rows.Baselines.Count > count || Rows.Unevenness(first, count) > MostUneven);

    // Blank paper between columns is no time.
    private double ExtraMm => ((Fits.Count > 0 && Fits[0] is { HasGaps: true } fit ? fit.Width * fit.Format.Columns : Rows.Right - Rows.Left) / Scale.X) - UsualLengthMm;

    /// <summary>Looks at a flattened canvas; names that the file itself tells need not be looked for.</summary>
    public static Sheet Of(TraceCanvas canvas, CanvasScale scale, double threshold, IReadOnlyList<PrintedWord> certain, CancellationToken cancellationToken = default)
    {
        var mask = Ink(canvas, threshold);
        return Of(canvas, scale, mask, mask, certain, cancellationToken);
    }

    /// <summary>Looks at a flattened canvas of which a network tells the traces: words and pulses are what ink is left without them.</summary>
    public static Sheet Of(TraceCanvas canvas, CanvasScale scale, double threshold, InkProbability probability, IReadOnlyList<PrintedWord> certain, CancellationToken cancellationToken)
    {
        var (width, height) = (canvas.Gray.Width, canvas.Gray.Height);
        var print = Ink(canvas, threshold).Without(InkMask.Of(probability.OnPage(width, height), width, height));
        return Of(canvas, scale, InkMask.Of(probability.ThinOnPage(width, height), width, height), print, certain, cancellationToken);
    }

    /// <summary>Looks at a flattened canvas whose traces are interrupted everywhere, as photocopies have them: names and pulses are looked for as they are printed.</summary>
    public static Sheet OfBroken(TraceCanvas canvas, CanvasScale scale, double threshold, IReadOnlyList<PrintedWord> certain, CancellationToken cancellationToken) =>
        Of(canvas, scale, Ink(canvas, threshold, JoinPx(scale.X)), Ink(canvas, threshold), certain, cancellationToken);

    /// <summary>Interruptions of broken traces, pixels.</summary>
    public static int JoinPx(double pxPerMm) => Math.Max(3, (int)Math.Round(BreakMm * pxPerMm) + 1);

    private static Sheet Of(TraceCanvas canvas, CanvasScale scale, InkMask traces, InkMask print, IReadOnlyList<PrintedWord> certain, CancellationToken cancellationToken)
    {
        var pieces = InkBlobs.Of(traces);
        var rows = TraceRows.Of(traces, pieces, scale);
        if (rows.Baselines.Count is 0 or > MostRows)
            return new Sheet(canvas, scale, traces, rows, [], [], [], new ScaleText(null, null), (0, 0));
        var blobs = ReferenceEquals(traces, print) ? pieces : InkBlobs.Of(print);
        var (pulses, trimmed, ends) = WithoutPulses(print, blobs, rows, ColumnGaps.Of(traces, pieces, rows, scale), scale);
        double above = rows.Baselines[0] - rows.Spacing, below = rows.Baselines[^1] + rows.Spacing;
        var gaps = ColumnGaps.Of(traces, pieces, trimmed, scale);
        var words = certain.Count > 0 ? certain : PrintedWord.Find(canvas.Gray, blobs, scale, above, below);
        var fits = FormatFit.All(trimmed, gaps, words, scale);
        if (fits.Count > 0 && !fits[0].IsSure && certain.Count == 0 && ReferenceEquals(traces, print))
        {
            var loose = InkBlobs.Of(LooseInk.Of(traces, trimmed, pulses, scale, cancellationToken));
            words = [.. words, .. PrintedWord.Find(canvas.Gray, loose, scale, above, below)];
            fits = FormatFit.All(trimmed, gaps, words, scale);
        }

        if (fits.Count > 0 && HiddenStart(trimmed, fits[0], scale) is { } start)
        {
            trimmed = trimmed with { Left = start };
            fits = FormatFit.All(trimmed, ColumnGaps.Of(traces, pieces, trimmed, scale), words, scale);
        }

        if (fits.Count > 0 && certain.Count == 0)
            fits = Looked(canvas.Gray, trimmed, fits, scale);
        return new Sheet(canvas, scale, traces, trimmed, pulses, words, fits, ScaleText.Read(canvas.Gray, print, blobs, rows, scale), ends);
    }

    private static InkMask Ink(TraceCanvas canvas, double threshold, int joinPx = 0) => InkMask.Of(canvas, null, threshold / ReportFinder.PaperLevel(canvas.Gray), joinPx);

    /// <summary>With the pulses, and what is printed about speed and amplitude, of another picture of the canvas.</summary>
    public Sheet WithMarksOf(Raster gray, double threshold)
    {
        var mask = Ink(Canvas with { Gray = gray }, threshold);
        var (left, right) = PulsesBeside(mask, Rows, Scale);
        // What is left of a single cell of the grid looks like a pulse of its height.
        var isCell = left.Count + right.Count == 1 && left.Concat(right).Single().Height < (1 + CellTolerance) * PulseFinder.CellMm * Scale.Y;
        var text = ScaleText.Read(gray, mask, InkBlobs.Of(mask), Rows, Scale);
        return this with { Pulses = isCell ? [] : [.. left, .. right], Text = text.MmPerMv is null ? Text : text };
    }

    /// <summary>With rows that begin and end where those of another look at the page do; null where these are others.</summary>
    public Sheet? WithEndsOf(Sheet other)
    {
        if (other.Rows.Baselines.Count != Rows.Baselines.Count || other.Rows.Left < Rows.Left - (SameLengthMm * Scale.X) || other.Rows.Right > Rows.Right + (SameLengthMm * Scale.X))
            return null;
        var fits = Fits.Select(fit => other.Fits.FirstOrDefault(same => same.Format == fit.Format && same.FirstRow == fit.FirstRow) is { } same ? fit with { Left = same.Left, Pitch = same.Pitch, Width = same.Width } : null);
        return this with { Rows = Rows with { Left = other.Rows.Left, Right = other.Rows.Right }, Fits = [.. fits.OfType<FormatFit>()], Ends = other.Ends };
    }

    /// <summary>With the words, too, that another look at the page reads.</summary>
    public Sheet WithWordsOf(Sheet other)
    {
        IReadOnlyList<PrintedWord> words = [.. Words, .. other.Words];
        return this with { Words = words, Fits = Looked(Canvas.Gray, Rows, FormatFit.All(Rows, ColumnGaps.Of(Mask, InkBlobs.Of(Mask), Rows, Scale), words, Scale), Scale) };
    }

    /// <summary>Where each lead of a format is to be followed.</summary>
    public IReadOnlyList<Strip> Strips(FormatFit fit) => [.. Enumerable.Range(0, fit.Format.Leads.Count + fit.Format.RhythmStrips).Select(i =>
    {
        var row = fit.RowOf(i);
        var (above, below) = Rows.Reach(row);
        var (first, last) = fit.Span(i);
        var left = Math.Clamp((int)Math.Round(first), 0, Mask.Width - 2);
        return new Strip(
            left, Math.Clamp((int)Math.Round(last), left + 1, Mask.Width),
            Math.Max(0, (int)(Rows.Baselines[row] - (1.9 * above))), Math.Min(Mask.Height, (int)(Rows.Baselines[row] + (1.9 * below))), Rows.Baselines[row]);
    })];

    /// <summary>
    /// Names that stand before the traces on their zero lines, and touch them, are taken for traces: then the traces begin
    /// behind the names, and the columns are counted from the right end.
    /// </summary>
    public FormatFit WithoutNamesBefore(FormatFit fit)
    {
        if (fit.HasGaps || Math.Abs((fit.Format.Columns * fit.Pitch / Scale.X) - UsualLengthMm) < SameLengthMm / 2)
            return fit;
        var before = Enumerable.Range(0, fit.Names.Count)
            .Where(i => fit.ColumnOf(i) == 0 && fit.Names[i].IsConfirmed)
            .Select(i => fit.Names[i].Word!)
            .Where(word => Math.Abs(word.Box.X - fit.Left) < NameAtEndMm * Scale.X && Rows.Baselines.Min(row => Math.Abs(row - word.MiddleY)) < NameOnLineMm * Scale.Y)
            .ToArray();
        if (before.Length < fit.Format.Rows / 2.0)
            return fit;
        var left = NamesBefore.Start(InkBlobs.Of(Mask), Rows, Scale) ?? Math.Max(before.Max(word => word.Box.X + word.Box.Width), Ends.Right - (UsualLengthMm * Scale.X));
        return left > fit.Left && left - fit.Left < MostExtraMm * Scale.X ? fit with { Left = left, Pitch = (Ends.Right - left) / fit.Format.Columns, Width = (Ends.Right - left) / fit.Format.Columns } : fit;
    }

    /// <summary>The pulses in page pixels.</summary>
    public IReadOnlyList<CalibrationPulse> PulsesOn(Raster page) => [.. Pulses.Select(pulse => new CalibrationPulse(
        PixelBoxes.Between(Canvas.PageX(pulse.First), Canvas.PageY(pulse.Top), Canvas.PageX(pulse.Last + 1), Canvas.PageY(pulse.Foot), page),
        pulse.Height / Scale.Y, (pulse.Last - pulse.First) / Scale.X, Canvas.PageY(pulse.Foot)))];

    /// <summary>A box in page pixels.</summary>
    public PixelBox OnPage(PixelBox box, Raster page) => PixelBoxes.Between(Canvas.PageX(box.X), Canvas.PageY(box.Y), Canvas.PageX(box.X + box.Width), Canvas.PageY(box.Y + box.Height), page);

    /// <summary>Where rows begin that lack little of ten seconds because names stand over their beginnings: ten seconds before their end; null where names do not say so.</summary>
    private static double? HiddenStart(TraceRows rows, FormatFit fit, CanvasScale scale)
    {
        var start = rows.Right - (UsualLengthMm * scale.X) - (fit.HasGaps ? (fit.Format.Columns - 1) * (fit.Pitch - fit.Width) : 0);
        int[] cells = [.. Enumerable.Range(0, fit.Names.Count).Where(i => fit.ColumnOf(i) == 0 && fit.Names[i].IsConfirmed)];
        // Names before the traces stand on their zero lines, and end where the traces begin.
        var isHidden = cells.Length > 1 && (2 * cells.Count(i => !OnLine(i)) > cells.Length || cells.Any(i => Name(i).X + Name(i).Width > rows.Left + scale.X)) && 2 * cells.Count(BesideStart) > cells.Length;
        return isHidden && rows.Left - start < MostFootMm * scale.X ? start : null;

        PixelBox Name(int i) => fit.Names[i].Word!.Box;

        bool OnLine(int i) => Math.Abs(rows.Baselines[fit.RowOf(i)] - fit.Names[i].Word!.MiddleY) < NameOnLineMm * scale.Y;

        bool BesideStart(int i) => Name(i).X > start - (NameAtEndMm * scale.X) && Name(i).X < rows.Left - scale.X;
    }

    /// <summary>The formats again, after a second look for the names of the likeliest ones.</summary>
    private static IReadOnlyList<FormatFit> Looked(Raster gray, TraceRows rows, IReadOnlyList<FormatFit> fits, CanvasScale scale)
    {
        var likeliest = fits.Where((fit, i) => fits.Take(i).All(better => better.Format != fit.Format) && fits[0].Score - fit.Score < SecondLookMargin).Take(MostSecondLooks).ToHashSet();
        return [.. fits.Select(fit => likeliest.Contains(fit) ? SecondLook.At(gray, rows, fit, scale) : fit).OrderByDescending(fit => fit.Score)];
    }

    /// <summary>The pulses at the rows' ends, and the rows without them.</summary>
    private static (IReadOnlyList<PulseFinder.Pulse> Pulses, TraceRows Rows, (double Left, double Right) Ends) WithoutPulses(InkMask mask, InkBlobs blobs, TraceRows rows, ColumnGaps gaps, CanvasScale scale)
    {
        var (left, right) = PulsesBeside(mask, rows, scale);
        double first = rows.Left, last = rows.Right, usual, extra;
        if (right.Count > 0)
        {
            var gap = PulseGap.Edge(mask, blobs, rows, right, true, scale);
            last = gap ?? Math.Min(last, Middle(right.Select(pulse => pulse.First)) - (0.3 * scale.X));
            var ends = (first, last);
            (usual, extra) = Lengths();
            // Blank paper before the pulses is certain; then what is too much are names before the traces.
            if (extra > 0 && extra < MostFootMm * scale.X)
                (first, last) = gap is null ? (first, first + usual) : (last - usual, last);
            return (right, rows with { Left = first, Right = last }, ends);
        }

        var edge = left.Count > 0 ? PulseGap.Edge(mask, blobs, rows, left, false, scale) : null;
        if (left.Count > 0)
            first = edge ?? Math.Max(first, Middle(left.Select(pulse => pulse.Last)) + (0.3 * scale.X));
        (usual, extra) = Lengths();
        // A first beat in pieces is no blank paper.
        if (edge is not null && extra < -SameLengthMm / 2 * scale.X && PulseGap.Edge(mask, blobs, rows, left, false, scale, inPieces: true) is { } earlier && first - earlier < (SameLengthMm / 2 * scale.X) - extra)
            first = earlier;
        if (left.Count > 0 && edge is null && extra > 0 && extra < MostFootMm * scale.X)
            first = last - usual;
        return (left, rows with { Left = first }, (rows.Left, last));

        (double Usual, double Extra) Lengths() => (UsualLengthMm * scale.X) + gaps.Between(first, last).Blank() is var length ? (length, last - first - length) : default;
    }

    /// <summary>
    /// The pulses to the left or to the right of the rows; one of both is empty. Only where there are none are interrupted ones looked for, and then what the rows
    /// have in common.
    /// </summary>
    private static (IReadOnlyList<PulseFinder.Pulse> Left, IReadOnlyList<PulseFinder.Pulse> Right) PulsesBeside(InkMask mask, TraceRows rows, CanvasScale scale)
    {
        Func<double, IReadOnlyList<PulseFinder.Pulse>>[] ways = [end => Near(end, 0), end => Near(end, PulseFinder.BreakMm), end => PulseFinder.Overlaid(mask, rows.Baselines, end - Reach(), end + Reach(), scale)];
        return ways.Select(way => Told(way(rows.Left), way(rows.Right))).FirstOrDefault(told => told.Left.Count + told.Right.Count > 0, ([], []));

        double Reach() => PulseReachMm * scale.X;

        IReadOnlyList<PulseFinder.Pulse> Near(double end, double gapMm) => PulseFinder.Between(mask, end - Reach(), end + Reach(), scale, gapMm: gapMm);

        (IReadOnlyList<PulseFinder.Pulse> Left, IReadOnlyList<PulseFinder.Pulse> Right) Told(IReadOnlyList<PulseFinder.Pulse> left, IReadOnlyList<PulseFinder.Pulse> right)
        {
            var most = rows.Baselines.Count * LeastPulseRows;
            if (right.Count >= most && right.Count > left.Count)
                return ([], right);
            return left.Count >= most || (left.Count == 1 && right.Count == 0 && left[0].Last < rows.Left) ? (left, []) : ([], []);
        }
    }

    private static double Middle(IEnumerable<int> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
