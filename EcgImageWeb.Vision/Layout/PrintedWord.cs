using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>A small group of ink that may be a lead's name; canvas pixels.</summary>
/// <param name="Box">Its extent.</param>
/// <param name="LogOdds">For each of the twelve leads, log of its probability against that of being no lead's name.</param>
internal sealed record PrintedWord(PixelBox Box, double[] LogOdds)
{
    /// <summary>Letters on ECG pages are 1.5 to 5 mm tall; blur and thresholds add to that.</summary>
    private const double LeastHeightMm = 1.2, MostHeightMm = 6.5;

    /// <summary>The widest name, AVR in a wide font, is less than this many times its height.</summary>
    private const double MostAspect = 4.5;

    /// <summary>Letters of a word stand at most this share of their height apart, and are at least this much of the tallest.</summary>
    private const double MostGap = 0.5, LeastOfTallest = 0.55;

    /// <summary>Words that are worth a look: with a name that is not much less likely than anything else.</summary>
    private const double LeastLogOdds = -3;

    /// <summary>A page full of text has so many letters; where there are more, the grid was taken for ink.</summary>
    private const int MostLetters = 2500;

    private static readonly string[] Leads = [.. WordReader.LeadClasses];

    /// <summary>Whether the file itself says what the word is: a PDF's text need not be recognized.</summary>
    public bool IsCertain { get; init; }

    /// <summary>Middle of the word's height.</summary>
    public double MiddleY => Box.Y + (Box.Height / 2.0);

    /// <summary>The likeliest lead.</summary>
    public int Best => Array.IndexOf(LogOdds, LogOdds.Max());

    /// <summary>All words of a mask between two rows.</summary>
    public static IReadOnlyList<PrintedWord> Find(Raster gray, InkBlobs blobs, CanvasScale scale, double top, double bottom)
    {
        var letters = Letters(blobs, LeastHeightMm * scale.Y, MostHeightMm * scale.Y, top, bottom);
        if (letters.Count > MostLetters)
            return [];
        using var picture = gray.ToMat();
        return [.. Grouped(letters, MostGap).Where(box => box.Width <= MostAspect * box.Height).Select(box => Read(picture, box)).Where(word => word.LogOdds.Max() > LeastLogOdds)];
    }

    /// <summary>Reads one word of a picture.</summary>
    public static PrintedWord Read(Mat picture, PixelBox box)
    {
        var logProbabilities = WordReader.Leads.Read(WordReader.Leads.Picture(picture, box));
        return new PrintedWord(box, [.. logProbabilities[..^1].Select(lead => lead - logProbabilities[^1])]);
    }

    /// <summary>Position of a lead in <see cref="LogOdds"/>.</summary>
    public static int IndexOf(string lead) => Array.IndexOf(Leads, lead.TrimStart('-'));

    /// <summary>Components of a letter's size between two rows, from left to right.</summary>
    public static IReadOnlyList<PixelBox> Letters(InkBlobs blobs, double least, double most, double top, double bottom) =>
    [
        .. Enumerable.Range(1, Math.Max(0, blobs.Area.Length - 1))
            .Where(c => blobs.Area[c] > 0 && blobs.Top[c] >= top && blobs.Bottom[c] <= bottom && blobs.Height(c) >= least && blobs.Height(c) <= most && blobs.Width(c) <= MostAspect * blobs.Height(c))
            .OrderBy(c => blobs.Left[c])
            .Select(c => new PixelBox(blobs.Left[c], blobs.Top[c], blobs.Width(c), blobs.Height(c))),
    ];

    /// <summary>Letters from left to right, each joined to the word it follows at a gap of at most this share of the height.</summary>
    public static IReadOnlyList<PixelBox> Grouped(IReadOnlyList<PixelBox> letters, double gap)
    {
        var words = new List<PixelBox>();
        foreach (var letter in letters)
        {
            var i = words.FindLastIndex(word => Follows(word, letter, gap));
            if (i < 0)
                words.Add(letter);
            else
                words[i] = Union(words[i], letter);
        }

        return words;
    }

    private static bool Follows(PixelBox word, PixelBox letter, double gap)
    {
        double tallest = Math.Max(word.Height, letter.Height), least = Math.Min(word.Height, letter.Height);
        var overlap = Math.Min(word.Y + word.Height, letter.Y + letter.Height) - Math.Max(word.Y, letter.Y);
        return letter.X - (word.X + word.Width) <= gap * tallest && least >= LeastOfTallest * tallest && overlap >= 0.6 * least;
    }

    private static PixelBox Union(PixelBox a, PixelBox b)
    {
        int x = Math.Min(a.X, b.X), y = Math.Min(a.Y, b.Y);
        return new PixelBox(x, y, Math.Max(a.X + a.Width, b.X + b.Width) - x, Math.Max(a.Y + a.Height, b.Y + b.Height) - y);
    }
}
