using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Paper speed and amplitude where they are printed: "25 mm/s", "10 mm/mV".</summary>
/// <param name="MmPerS">Speed; null where none was read.</param>
/// <param name="MmPerMv">Amplitude; null where none was read.</param>
internal sealed record ScaleText(double? MmPerS, double? MmPerMv)
{
    /// <summary>Log odds of the likeliest "50 mm/s" against everything else and the likeliest "25 mm/s".</summary>
    public double Fifty { get; init; }

    /// <summary>
    /// Whether a page is one of 50 mm/s by its text, clear or not, and what else is known of its speed, in log odds against 25. A clear "25 mm/s" is
    /// always believed, a clear "50 mm/s" only where the beats do not deny it: it may be a heart rate.
    /// </summary>
    public bool IsFiftyWith(double others) => MmPerS is not 25 && Fifty + others >= Likely;

    /// <summary>As many hearts as beat so slowly and so broadly at 25 mm/s that they seem to be at 50: 1 in 400, against 1 in 7 pages or fewer that are; log odds.</summary>
    private const double Likely = 3;

    /// <summary>Odds of 50 to 1 against everything else: a page has hundreds of words.</summary>
    private const double LeastLogOdds = 3.9;

    /// <summary>Amplitude of pages that do not say.</summary>
    public const double UsualMmPerMv = 10;

    /// <summary>Another one with no speed beside it needs more: it may be a digit of the header's heart rate or intervals.</summary>
    private const double LeastAlone = 6;

    /// <summary>Two readings of one kind must differ this much in their log odds, or neither is believed.</summary>
    private const double ClearlyBetter = 1.5;

    /// <summary>
    /// Speed and, right of it on its line, amplitude confirm each other: together they need so much, the amplitude whatever it
    /// says; what it says is believed from so much on. So near they stand; millimetres.
    /// </summary>
    private const double LeastTogether = 3.6, LeastBeside = 1, OneLineMm = 1.2, NearestMm = 3, FarthestMm = 40;

    /// <summary>
    /// What 50 mm/s, 5 and 20 mm/mV count less than the usual 25 and 10, log odds: they are rarer, and a page that does not
    /// say is taken to be usual anyway, so that a misread 50 would do all the harm and a misread 25 none.
    /// </summary>
    private static readonly double[] Rarity = [0, 2, 1.5, 0, 2];

    /// <summary>The traces' band, in distances of rows beyond the first and last zero line: such texts stand outside of it.</summary>
    private const double BandAbove = 0.3, BandBelow = 0.2;

    /// <summary>Small print is 1.2 to 5 mm tall; the gap between its words at least this share of their height.</summary>
    private const double LeastHeightMm = 1.1, MostHeightMm = 5, WordGap = 0.3;

    /// <summary>More words than this are a grid that was taken for ink.</summary>
    private const int MostWords = 900;

    /// <summary>A slash stands out above and below the digits by the eighth part of their height.</summary>
    private const int SlashShare = 8;

    /// <summary>What begins so little behind a speed, heights of its print, is the end of it: "5mm/s" of "25mm/s" reads like "5mm/mV".</summary>
    private const double EndOfSpeed = 2;

    /// <summary>A line that says more speeds and amplitudes than this says none.</summary>
    private const int MostOnALine = 5;

    /// <summary>Classes of <see cref="WordReader.ScaleClasses"/> up to here are speeds.</summary>
    private const int Speeds = 2;

    /// <summary>Reads every word above and below the traces that may begin such a text.</summary>
    public static ScaleText Read(Raster gray, InkMask mask, InkBlobs blobs, TraceRows rows, CanvasScale scale)
    {
        var reader = WordReader.Scales;
        var words = PrintedWord.Grouped(PrintedWord.Letters(blobs, LeastHeightMm * scale.Y, MostHeightMm * scale.Y, 0, mask.Height), WordGap);
        if (words.Count > MostWords)
            return new ScaleText(null, null);
        double above = rows.Baselines[0] - (BandAbove * rows.Spacing), below = rows.Baselines[^1] + (BandBelow * rows.Spacing);
        var readings = new List<(int Class, double LogOdds, double X, double Y, double Height)>();
        using var picture = gray.ToMat();
        foreach (var word in words.Where(word => word.Y + word.Height < above || word.Y > below).SelectMany(number => new[] { number, WithSlash(number) }))
        {
            var read = reader.Read(reader.Picture(picture, word));
            for (var i = 0; i < reader.Classes.Count - 1; i++)
            {
                var logOdds = read[i] - Math.Log(Math.Max(1e-9, 1 - Math.Exp(read[i]))) - Rarity[i];
                if (logOdds + Rarity[i] > 0)
                    readings.Add((i, logOdds, word.X, word.Y + word.Height, word.Height));
            }
        }

        readings = [.. readings.Where(reading => !IsOfAxis(reading.Y) && !IsEndOfSpeed(reading))];
        double[] best = [.. Enumerable.Range(0, reader.Classes.Count - 1).Select(i => readings.Where(reading => reading.Class == i).Select(reading => reading.LogOdds).Append(0).Max())];
        var speed = Convincing(best, 0, Speeds);
        var gain = Convincing(best, Speeds, best.Length);
        var together = readings.Where(reading => reading.Class < Speeds)
            .SelectMany(s => readings.Where(g => Follows(s, g)).Select(g => (Speed: s, Gain: g, Sum: s.LogOdds + g.LogOdds + Rarity[g.Class])))
            .Where(pair => pair.Sum >= LeastTogether)
            .OrderByDescending(pair => pair.Sum)
            .FirstOrDefault();
        if (together == default)
            return new ScaleText(speed, gain is UsualMmPerMv || best[Speeds..].Max() >= LeastAlone ? gain : null) { Fifty = best[1] - (speed == Number(0) ? best[0] : 0) };
        var beside = readings.Where(g => Follows(together.Speed, g)).MaxBy(g => g.LogOdds);
        return new ScaleText(Number(together.Speed.Class), gain ?? (beside.LogOdds >= LeastBeside ? Number(beside.Class) : null)) { Fifty = together.Speed.Class == 1 ? Math.Max(together.Sum, best[1]) : -together.Sum };

        // Numbers along an axis.
        bool IsOfAxis(double y) => readings.Where(other => Math.Abs(other.Y - y) < OneLineMm * scale.Y).Select(other => (int)(other.X / (NearestMm * scale.X))).Distinct().Count() > MostOnALine;

        bool IsEndOfSpeed((int Class, double LogOdds, double X, double Y, double Height) gain) => gain.Class >= Speeds && readings.Any(speed =>
            speed.Class < Speeds && speed.LogOdds >= LeastBeside && Math.Abs(gain.Y - speed.Y) < OneLineMm * scale.Y && gain.X > speed.X && gain.X - speed.X < EndOfSpeed * speed.Height);

        bool Follows((int Class, double LogOdds, double X, double Y, double Height) speed, (int Class, double LogOdds, double X, double Y, double Height) other) =>
            other.Class >= Speeds && Math.Abs(other.Y - speed.Y) < OneLineMm * scale.Y && other.X - speed.X > NearestMm * scale.X && other.X - speed.X < FarthestMm * scale.X;
    }

    /// <summary>A number before a space is less tall than the slash of its unit, by which such texts are as tall as they are.</summary>
    private static PixelBox WithSlash(PixelBox number) => number with { Y = number.Y - (number.Height / SlashShare), Height = number.Height + (2 * (number.Height / SlashShare)) };

    private static double? Convincing(double[] logOdds, int first, int end)
    {
        var ordered = Enumerable.Range(first, end - first).OrderByDescending(i => logOdds[i]).ToArray();
        return logOdds[ordered[0]] >= LeastLogOdds && logOdds[ordered[0]] - logOdds[ordered[1]] >= ClearlyBetter
            ? Number(ordered[0])
            : null;
    }

    private static double Number(int reading) => double.Parse(WordReader.ScaleClasses[reading][..^2], System.Globalization.CultureInfo.InvariantCulture);
}
