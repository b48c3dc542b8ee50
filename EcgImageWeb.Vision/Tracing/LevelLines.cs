namespace EcgImageWeb.Vision.Tracing;

/// <summary>
/// Lines of frames and tables: straight, level, and longer than a heart rests. They hide what runs along them, so that a trace beside
/// one is followed instead; where there is no other trace, nothing is sure (a lead that fell off draws such a line, too).
/// </summary>
internal static class LevelLines
{
    /// <summary>No piece between two beats is straight over this length, mm: 2.4 s at 25 mm/s.</summary>
    private const double LeastMm = 60;

    /// <summary>A line may be interrupted for this long, pixels.</summary>
    private const int MostGapPx = 2;

    private const float Inked = 0.4f;

    /// <summary>Marks the pixels of level lines and of their soft edges.</summary>
    public static void Mark(InkImage ink, double pxPerMmX, bool[] printed)
    {
        var least = (int)(LeastMm * pxPerMmX);
        for (var y = 1; y + 1 < ink.Height; y++)
        {
            var (first, last) = (-1, -1);
            for (var x = 0; x <= ink.Width; x++)
            {
                if (x < ink.Width && IsInked(x, y))
                {
                    first = first < 0 ? x : first;
                    last = x;
                }
                else if (first >= 0 && (x == ink.Width || x - last > MostGapPx))
                {
                    if (last - first >= least)
                        Fill(first, last, y);
                    first = -1;
                }
            }
        }

        // A line that is turned by a fraction of a degree passes on to the next row.
        bool IsInked(int x, int y) => ink.Amount[(y * ink.Width) + x] > Inked || ink.Amount[((y - 1) * ink.Width) + x] > Inked || ink.Amount[((y + 1) * ink.Width) + x] > Inked;

        void Fill(int first, int last, int y)
        {
            for (var row = y - 1; row <= y + 1; row++)
                printed.AsSpan((row * ink.Width) + first, last - first + 1).Fill(true);
        }
    }
}
