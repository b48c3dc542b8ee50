using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Paper speed and amplitude where they are printed: "25 mm/s", "10 mm/mV".</summary>
/// <param name="MmPerS">Speed; null where none was read.</param>
/// <param name="MmPerMv">Amplitude; null where none was read.</param>
internal sealed record ScaleText(double? MmPerS, double? MmPerMv)
{
    /// <summary>Odds of 30 to 1 against everything else: a page has hundreds of words.</summary>
    private const double LeastLogOdds = 3.4;

    /// <summary>Two readings of one kind must differ this much in their log odds, or neither is believed.</summary>
    private const double ClearlyBetter = 1.5;

    /// <summary>Speed and amplitude on one line confirm each other: together they need so much, and each this.</summary>
    private const double LeastTogether = 4.4, LeastEach = 1, OneLineMm = 1;

    /// <summary>Small print is 1.2 to 5 mm tall; the gap between its words at least this share of their height.</summary>
    private const double LeastHeightMm = 1.1, MostHeightMm = 5, WordGap = 0.3;

    /// <summary>More words than this are a grid that was taken for ink.</summary>
    private const int MostWords = 900;

    /// <summary>A slash stands out above and below the digits by the eighth part of their height.</summary>
    private const int SlashShare = 8;

    /// <summary>Classes of <see cref="WordReader.ScaleClasses"/> up to here are speeds.</summary>
    private const int Speeds = 2;

    /// <summary>Reads every word that may begin such a text.</summary>
    public static ScaleText Read(Raster gray, InkMask mask, InkBlobs blobs, CanvasScale scale)
    {
        var reader = WordReader.Scales;
        var words = PrintedWord.Grouped(PrintedWord.Letters(blobs, LeastHeightMm * scale.Y, MostHeightMm * scale.Y, 0, mask.Height), WordGap);
        if (words.Count > MostWords)
            return new ScaleText(null, null);
        var best = new double[reader.Classes.Count - 1];
        var readings = new List<(int Class, double LogOdds, double Y)>();
        using var picture = gray.ToMat();
        foreach (var word in words.SelectMany(number => new[] { number, WithSlash(number) }))
        {
            var read = reader.Read(reader.Picture(picture, word));
            for (var i = 0; i < best.Length; i++)
            {
                var logOdds = read[i] - Math.Log(Math.Max(1e-9, 1 - Math.Exp(read[i])));
                best[i] = Math.Max(best[i], logOdds);
                if (logOdds >= LeastEach)
                    readings.Add((i, logOdds, word.Y + word.Height));
            }
        }

        var speed = Convincing(best, 0, Speeds);
        var gain = Convincing(best, Speeds, best.Length);
        var together = readings.Where(reading => reading.Class < Speeds)
            .SelectMany(s => readings.Where(g => g.Class >= Speeds && Math.Abs(g.Y - s.Y) < OneLineMm * scale.Y).Select(g => (Speed: s, Gain: g)))
            .Where(pair => pair.Speed.LogOdds + pair.Gain.LogOdds >= LeastTogether)
            .OrderByDescending(pair => pair.Speed.LogOdds + pair.Gain.LogOdds)
            .FirstOrDefault();
        return together == default ? new ScaleText(speed, gain) : new ScaleText(speed ?? Number(together.Speed.Class), gain ?? Number(together.Gain.Class));
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
