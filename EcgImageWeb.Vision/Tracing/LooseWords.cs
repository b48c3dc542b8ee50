namespace EcgImageWeb.Vision.Tracing;

/// <summary>Takes printed words out of the ink: letters that nothing else touches are no trace, though a trace's own strokes may begin right beside them.</summary>
internal static class LooseWords
{
    /// <summary>Letters reach this far beyond the box that was read, mm: boxes are those of ink that was thresholded higher.</summary>
    private const double MarginMm = 0.5;

    /// <summary>Pixels with more than this belong together; what is left of a grid line that runs into a letter is lighter.</summary>
    private const float Inked = 0.5f;

    /// <summary>The soft edge around a letter, pixels.</summary>
    private const int Edge = 2;

    /// <summary>The same ink without the letters in some boxes that are not connected with anything outside of them.</summary>
    public static InkImage Without(InkImage ink, IReadOnlyList<PixelBox> words, double pxPerMm)
    {
        if (words.Count == 0)
            return ink;
        var amount = (float[])ink.Amount.Clone();
        var margin = (int)Math.Ceiling(MarginMm * pxPerMm);
        foreach (var word in words)
            Erase(ink, amount, Math.Max(0, word.X - margin), Math.Max(0, word.Y - margin), Math.Min(ink.Width, word.X + word.Width + margin) - 1, Math.Min(ink.Height, word.Y + word.Height + margin) - 1);
        return ink with { Amount = amount };
    }

    private static void Erase(InkImage ink, float[] amount, int left, int top, int right, int bottom)
    {
        var seen = new HashSet<(int X, int Y)>();
        for (var y = top; y <= bottom; y++)
            for (var x = left; x <= right; x++)
            {
                if (!IsInked(x, y) || !seen.Add((x, y)))
                    continue;
                var letter = new List<(int X, int Y)> { (x, y) };
                for (var i = 0; i < letter.Count; i++)
                    foreach (var near in Around(letter[i].X, letter[i].Y, 1, left, top, right, bottom))
                        if (IsInked(near.X, near.Y) && seen.Add(near))
                            letter.Add(near);
                // The pixels on the rim may go on outside.
                if (letter.Any(at => at.X == left || at.X == right || at.Y == top || at.Y == bottom))
                    continue;
                foreach (var (letterX, letterY) in letter)
                    foreach (var at in Around(letterX, letterY, Edge, left, top, right, bottom))
                        if (!IsInked(at.X, at.Y) || (at.X == letterX && at.Y == letterY))
                            amount[(at.Y * ink.Width) + at.X] = 0;
            }

        bool IsInked(int x, int y) => ink.Amount[(y * ink.Width) + x] > Inked;
    }

    private static IEnumerable<(int X, int Y)> Around(int x, int y, int reach, int left, int top, int right, int bottom)
    {
        for (var nearY = Math.Max(top, y - reach); nearY <= Math.Min(bottom, y + reach); nearY++)
            for (var nearX = Math.Max(left, x - reach); nearX <= Math.Min(right, x + reach); nearX++)
                yield return (nearX, nearY);
    }
}
