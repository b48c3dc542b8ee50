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

    /// <summary>Small print is 1.2 to 5 mm tall; the gap between its words at least this share of their height.</summary>
    private const double LeastHeightMm = 1.1, MostHeightMm = 5, WordGap = 0.3;

    /// <summary>More words than this are a grid that was taken for ink.</summary>
    private const int MostWords = 900;

    /// <summary>Classes of <see cref="WordReader.ScaleClasses"/> up to here are speeds.</summary>
    private const int Speeds = 2;

    /// <summary>Reads every word that may begin such a text.</summary>
    public static ScaleText Read(Raster gray, InkMask mask, InkBlobs blobs, CanvasScale scale)
    {
        var reader = WordReader.Scales;
        var words = PrintedWord.Grouped(PrintedWord.Letters(blobs, LeastHeightMm * scale.Y, MostHeightMm * scale.Y, 0, mask.Height), WordGap);
        var best = new double[reader.Classes.Count - 1];
        if (words.Count > MostWords)
            return new ScaleText(null, null);
        using var picture = gray.ToMat();
        foreach (var word in words)
        {
            var read = reader.Read(reader.Picture(picture, word));
            for (var i = 0; i < best.Length; i++)
                best[i] = Math.Max(best[i], read[i] - Math.Log(Math.Max(1e-9, 1 - Math.Exp(read[i]))));
        }

        return new ScaleText(Convincing(best, 0, Speeds), Convincing(best, Speeds, best.Length));
    }

    private static double? Convincing(double[] logOdds, int first, int end)
    {
        var ordered = Enumerable.Range(first, end - first).OrderByDescending(i => logOdds[i]).ToArray();
        return logOdds[ordered[0]] >= LeastLogOdds && logOdds[ordered[0]] - logOdds[ordered[1]] >= ClearlyBetter
            ? double.Parse(WordReader.ScaleClasses[ordered[0]][..^2], System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
