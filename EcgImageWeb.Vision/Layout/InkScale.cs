using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// The scale of a page without a grid, from what is drawn on it: calibration pulses (1 mV is 10 mm high, and 0.2 s 5 mm wide),
/// else the file's own resolution; the length of the rows, ten seconds as a rule, tells what the pulse leaves open.
/// </summary>
/// <param name="PxPerMmX">Pixels of the picture a millimetre, across.</param>
/// <param name="PxPerMmY">Down.</param>
/// <param name="TurnDeg">By how much the rows of traces fall to the right, degrees.</param>
/// <param name="From"><c>pulse</c>, <c>text</c> (the file's resolution) or <c>assumed</c>: only the rows' length.</param>
internal sealed record InkScale(double PxPerMmX, double PxPerMmY, double TurnDeg, string From)
{
    /// <summary>Where each row begins and ends, and its zero line; pixels of the turned picture.</summary>
    public IReadOnlyList<(double First, double End, double Y)> Rows { get; init; } = [];

    /// <summary>Pictures are looked at in this size.</summary>
    private const int LongestSide = 2400;

    /// <summary>A first guess: the picture shows a sheet of A4.</summary>
    private const double GuessedWidthMm = 297;

    /// <summary>Rows of ten seconds (or five at 50 mm/s), three columns of 2.5 s, and strips cut in half.</summary>
    private static readonly (double Mm, double Share)[] RowLengths = [(250, 0.88), (187.5, 0.08), (125, 0.04)];

    /// <summary>Amplitudes and how often they are met; the pulse's height alone does not tell them apart.</summary>
    public static readonly (double MmPerMv, double Share)[] Amplitudes = [(10, 0.8), (5, 0.12), (20, 0.08)];

    /// <summary>Rows are as long as they should be, to this share: pixels are not square by up to 8 %, columns stand apart; more where a sheet seen from the side was made flat.</summary>
    private const double LengthSigma = 0.05, FlattenedSigma = 0.1;

    /// <summary>
    /// Within what a pulse of few pixels is measured to, pixels, pixels are square and the rows' length is the better measure of both directions. Rows that differ by more,
    /// but by no more than the first share, are of no usual length, unless a sheet was made flat, which stretches parts of it by as much; by up to the second one, or the third where a sheet was made flat, pixels are not square.
    /// </summary>
    private const double PulsePx = 1.35, SquareTo = 0.03, UnequalTo = 0.09, FlattenedTo = 0.2;

    /// <summary>Pulses of one page are alike to this share, and stand in at least this share of the rows.</summary>
    private const double SamePulse = 0.05, LeastPulseRows = 0.4;

    /// <summary>So many pulses, over so much of the rows' length, and each so near to the line through all, tell which way is down; canvas pixels.</summary>
    private const int LeastLeaning = 3;

    private const double LeastLeaningSpan = 0.25, LeaningPx = 1.5;

    private const int LeastRows = 3;

    /// <summary>Ink that was interrupted is believed where rows are longer by this share.</summary>
    private const double LongerBy = 1.05;

    /// <summary>Pulses stand at most this far from the rows' ends, millimetres.</summary>
    private const double PulseReachMm = 25;

    /// <summary>So many pulses, so tall, are measured to a part in three hundred; pixels.</summary>
    private const double FewPulses = 3, TallPx = 40;

    /// <summary>Feet of pulses are no longer than this share of their width.</summary>
    private const double LongestFoot = 0.4;

    /// <summary>Rotations that are looked for, degrees, in steps; smaller ones than the last are left; and by how much traces that wander mislead.</summary>
    private const double MostTurn = 12, CoarseStep = 0.25, FineStep = 0.02, LeastTurn = 0.1, MostWander = 1.5;

    /// <summary>The scale, or null where no rows of traces were found.</summary>
    public static InkScale? Find(PageImage image, CancellationToken cancellationToken)
    {
        using var whole = image.Pixels.ToMat();
        using var small = new Mat();
        var factor = Math.Min(1, LongestSide / (double)Math.Max(whole.Cols, whole.Rows));
        Cv2.Resize(whole, small, new Size(Math.Max(1, (int)Math.Round(whole.Cols * factor)), Math.Max(1, (int)Math.Round(whole.Rows * factor))), 0, 0, InterpolationFlags.Area);
        var guess = Math.Max(small.Cols, small.Rows) / GuessedWidthMm;
        var flat = EvenPaper.Of(small.ToRaster(), guess);
        cancellationToken.ThrowIfCancellationRequested();
        (Seen Seen, double TurnDeg)? best = null;
        foreach (var level in (double[])[SheetFinder.UsualInk, SheetFinder.FaintInk, SheetFinder.PaleInk, SheetFinder.BlurredInk])
        {
            var straight = Straight(flat, level, guess);
            if (straight.Seen.Rows.Baselines.Count > (best?.Seen.Rows.Baselines.Count ?? 0) || (best is { } shorter && straight.Seen.Rows.GoesOnFrom(shorter.Seen.Rows, LongerBy)))
                best = straight;
            // Every arrangement of leads has as many.
            if (level == SheetFinder.UsualInk && best?.Seen.Rows.Baselines.Count >= LeastRows)
                break;
        }

        // Photocopies break traces into pieces of which rows seem shorter than they are, or none.
        var joined = Straight(flat, SheetFinder.UsualInk, guess, Sheet.JoinPx(guess));
        if (best is { } broken ? joined.Seen.Rows.GoesOnFrom(broken.Seen.Rows, LongerBy) : joined.Seen.Rows.Baselines.Count >= LeastRows)
            best = joined;
        if (best is not (var seen, var turn))
            return null;
        var (px, py, from) = seen.Scale(image.PxPerMm * factor, image.Notes.Any(note => note.Code == "page-flattened"));
        return new InkScale(px / factor, py / factor, Math.Abs(turn) >= LeastTurn ? turn : 0, from)
        {
            Rows = [.. seen.Rows.Baselines.Zip(seen.Rows.Ends, (y, ends) => (ends.First / factor, ends.End / factor, y / factor))],
        };
    }

    /// <summary>The picture turned so that its rows lie straight, as a level of ink shows them.</summary>
    private static (Seen Seen, double TurnDeg) Straight(Raster flat, double level, double guess, int joinPx = 0)
    {
        var seen = Seen.Of(flat, 0, level, guess, joinPx);
        var turn = Turn(TraceRows.FlatPoints(seen.Mask, seen.Blobs, new CanvasScale(guess, guess)));
        if (Math.Abs(turn) >= LeastTurn)
            seen = Seen.Of(flat, turn, level, guess, joinPx);
        // Traces that wander lead the rows a little astray; pulses below each other do not wander. Where both differ by more, the sheet is not turned, but leans.
        return seen.Lean() is { } lean && Math.Abs(lean) is >= FineStep and <= MostWander ? (Seen.Of(flat, turn + lean, level, guess, joinPx), turn + lean) : (seen, turn);
    }

    /// <summary>The picture turned so that its rows lie straight.</summary>
    public static Raster Turned(Raster picture, double degrees, Scalar around)
    {
        using var from = picture.ToMat();
        using var to = new Mat();
        double angle = degrees * Math.PI / 180, cos = Math.Cos(angle), sin = Math.Sin(angle);
        int width = (int)Math.Ceiling((from.Cols * cos) + (from.Rows * Math.Abs(sin))), height = (int)Math.Ceiling((from.Cols * Math.Abs(sin)) + (from.Rows * cos));
        using var map = new Mat(2, 3, MatType.CV_64FC1);
        // From the turned picture to the one before, about the middles of both; pixel centres.
        map.Set(0, 0, cos);
        map.Set(0, 1, -sin);
        map.Set(0, 2, ((from.Cols - 1) / 2.0) - (cos * (width - 1) / 2) + (sin * (height - 1) / 2));
        map.Set(1, 0, sin);
        map.Set(1, 1, cos);
        map.Set(1, 2, ((from.Rows - 1) / 2.0) - (sin * (width - 1) / 2) - (cos * (height - 1) / 2));
        Cv2.WarpAffine(from, to, map, new Size(width, height), InterpolationFlags.Cubic | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, around);
        return to.ToRaster();
    }

    /// <summary>The angle at which the flat stretches of the traces fall into the fewest rows (projection profiles).</summary>
    private static double Turn(List<(int X, int Y)> points)
    {
        if (points.Count == 0)
            return 0;
        int width = points.Max(point => point.X) + 1, height = points.Max(point => point.Y) + 1;
        var profile = new int[height + (2 * width) + 1];
        double Sharpness(double degrees, int bin)
        {
            Array.Clear(profile);
            var slope = Math.Tan(degrees * Math.PI / 180);
            foreach (var (x, y) in points)
                profile[(int)((y - (x * slope) + width) / bin)]++;
            return profile.Sum(count => (double)count * count);
        }

        double best = 0, most = Sharpness(0, 3);
        for (var angle = -MostTurn; angle <= MostTurn; angle += CoarseStep)
            if (Sharpness(angle, 3) is var sharp && sharp > most * (1 + 1e-9))
                (best, most) = (angle, sharp);
        var middle = best;
        most = 0;
        for (var angle = middle - CoarseStep; angle <= middle + CoarseStep; angle += FineStep)
            if (Sharpness(angle, 1) is var sharp && sharp > most)
                (best, most) = (angle, sharp);
        return best;
    }

    /// <summary>The picture turned by an angle: its ink, rows and pulses, and what they say.</summary>
    private sealed record Seen(InkMask Mask, InkBlobs Blobs, TraceRows Rows, CanvasScale Guess, PulseFinder.Pulse[] Pulses)
    {
        private bool PulsesToTheRight => Pulses[Pulses.Length / 2].First > (Rows.Left + Rows.Right) / 2;

        public static Seen Of(Raster flat, double turn, double level, double guess, int joinPx = 0)
        {
            var picture = Math.Abs(turn) >= LeastTurn ? Turned(flat, turn, new Scalar(255)) : flat;
            var mask = InkMask.Of(new TraceCanvas(picture, 1, 1, 0, 0), null, SheetFinder.Threshold(picture, level) / ReportFinder.PaperLevel(picture), joinPx);
            var blobs = InkBlobs.Of(mask);
            var rows = TraceRows.Of(mask, blobs, new CanvasScale(guess, guess));
            var assumed = (rows.Right - rows.Left) / RowLengths[0].Mm;
            var scale = new CanvasScale(assumed, assumed);
            var whole = Pulses(0);
            return new Seen(mask, blobs, rows, scale, whole.Length > 0 ? whole : Pulses(PulseFinder.BreakMm));

            PulseFinder.Pulse[] Pulses(double gapMm) => rows.Baselines.Count == 0 ? [] : new[] { rows.Left, rows.Right }
                .Select(end => Alike(PulseFinder.Between(mask, end - (PulseReachMm * assumed), end + (PulseReachMm * assumed), scale, true, gapMm), rows.Baselines.Count))
                .MaxBy(found => found.Length)!;
        }

        /// <summary>By how many degrees the picture is to be turned further, so that pulses stand below each other; null where too few tell.</summary>
        public double? Lean()
        {
            if (Pulses.Length < LeastLeaning || Pulses.Max(pulse => pulse.Foot) - Pulses.Min(pulse => pulse.Foot) < (Rows.Right - Rows.Left) * LeastLeaningSpan)
                return null;
            double meanX = Pulses.Average(Middle), meanY = Pulses.Average(pulse => pulse.Foot);
            var slope = Pulses.Sum(pulse => (pulse.Foot - meanY) * (Middle(pulse) - meanX)) / Pulses.Sum(pulse => (pulse.Foot - meanY) * (pulse.Foot - meanY));
            var isStraight = Pulses.All(pulse => Math.Abs(Middle(pulse) - meanX - (slope * (pulse.Foot - meanY))) <= LeaningPx);
            return isStraight ? -Math.Atan(slope) * 180 / Math.PI : null;

            static double Middle(PulseFinder.Pulse pulse) => (pulse.First + pulse.Last) / 2.0;
        }

        public (double PxPerMmX, double PxPerMmY, string From) Scale(double? resolution, bool isFlattened)
        {
            var (length, isExact) = Length();
            if (Pulses.Length == 0)
                return resolution is { } told && RowLengths.Any(row => Math.Abs(Math.Log(length / told / row.Mm)) < UnequalTo) ? (told, told, "text") : (length / RowLengths[0].Mm, length / RowLengths[0].Mm, "assumed");

            // Each is measured to half a pixel.
            double height = Pulses[(Pulses.Length / 4)..(Pulses.Length - (Pulses.Length / 4))].Average(pulse => pulse.Height);
            var best = Amplitudes.SelectMany(gain => RowLengths.Select(row => (gain.MmPerMv, row.Mm, Odds: Math.Log(gain.Share * row.Share) - (0.5 * Math.Pow(Math.Log(length * gain.MmPerMv / height / row.Mm) / (isFlattened ? FlattenedSigma : LengthSigma), 2)))))
                .MaxBy(way => way.Odds);
            double down = height / best.MmPerMv, off = Math.Abs((length / down / best.Mm) - 1);
            // Rows of no usual length were cut: then the pulse alone counts, at its usual height.
            return off > (isFlattened ? FlattenedTo : UnequalTo) ? (height / Amplitudes[0].MmPerMv, height / Amplitudes[0].MmPerMv, "pulse")
                : off > SquareTo ? (length / best.Mm, down, "pulse")
                : !isFlattened && (off > PulsePx / height || HasFeet()) ? (down, down, "pulse")
                : (length / best.Mm, length / best.Mm, "pulse");

            // Feet that go over into the traces make the rows longer; enough pulses, and tall ones, are measured better than that.
            bool HasFeet() => !isExact && length > down * best.Mm && Pulses.Length >= FewPulses && height >= TallPx;
        }

        /// <summary>Length of the rows without pulses and blank paper, and whether the traces begin and end where ink does.</summary>
        private (double Px, bool IsExact) Length()
        {
            var isExact = true;
            var rows = Pulses.Length == 0 || PulsesToTheRight ? Rows with { Left = NamesBefore.Start(Blobs, Rows, Guess) ?? Rows.Left } : Rows;
            if (Pulses.Length > 0)
            {
                var gap = PulseGap.Edge(Mask, Blobs, Rows, Pulses, PulsesToTheRight, Guess);
                isExact = gap is not null;
                var edge = gap ?? (PulsesToTheRight ? Math.Min(Rows.Right, Pulses.Min(pulse => pulse.First) - Foot()) : Math.Max(Rows.Left, Pulses.Max(pulse => pulse.Last) + Foot()));
                rows = PulsesToTheRight ? rows with { Right = edge } : rows with { Left = edge };
            }

            return ColumnGaps.Of(Mask, Blobs, rows, Guess).Any() is var (columns, _, width) ? (columns * width, true) : (rows.Right - rows.Left, isExact);
        }

        /// <summary>Length of a pulse's foot, which goes over into the trace: as long as the one on its other side, where nothing else stands.</summary>
        private double Foot()
        {
            var pulse = Pulses[Pulses.Length / 2];
            var outer = PulsesToTheRight ? Rows.Right - 1 - Pulses.Select(other => other.Last).Order().ElementAt(Pulses.Length / 2) : Pulses.Select(other => other.First).Order().ElementAt(Pulses.Length / 2) - Rows.Left;
            return outer > 0 && outer <= LongestFoot * (pulse.Last - pulse.First) ? outer : 0;
        }
    }

    /// <summary>The pulses that are like most others, by height; none where they are too few.</summary>
    private static PulseFinder.Pulse[] Alike(IReadOnlyList<PulseFinder.Pulse> pulses, int rows)
    {
        if (pulses.Count == 0)
            return [];
        PulseFinder.Pulse[] alike = [.. pulses.Select(pulse => pulses.Where(other => Math.Abs((other.Height / pulse.Height) - 1) <= SamePulse).OrderBy(other => other.Height).ToArray()).MaxBy(group => group.Length)!];
        return alike.Length >= Math.Max(rows > 2 ? 2 : 1, LeastPulseRows * rows) ? alike : [];
    }
}
