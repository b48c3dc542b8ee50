using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Looks once more for names that touch a trace, a separator or the grid and so were no words of their own: where the other
/// names of the page stand in their cells, in their size.
/// </summary>
internal static class SecondLook
{
    /// <summary>Steps to each side of the expected place, and their size; millimetres.</summary>
    private const int Steps = 2;

    private const double StepMm = 0.5;

    /// <summary>Several windows are read for each name, so that it must be likelier than a word's: odds of 20 to 1 against no name, and this much before every other name.</summary>
    private const double LeastLogOdds = 3, LeastBefore = 1;

    /// <summary>Widths of the names in heights of a letter, in a wide font.</summary>
    private static double Aspect(string name) => name.Length switch { 1 => 0.6, 2 => 1.7, _ => name[0] == 'I' ? 1.4 : 2.8 };

    /// <summary>The fit with the names that the second look confirmed.</summary>
    public static FormatFit At(Raster gray, TraceRows rows, FormatFit fit, CanvasScale scale)
    {
        var seen = Enumerable.Range(0, fit.Names.Count).Where(i => fit.Names[i].IsConfirmed).ToArray();
        if (seen.Length == 0)
            return fit;
        using var picture = gray.ToMat();
        var height = Median(seen.Select(i => (double)fit.Names[i].Word!.Box.Height));
        var names = fit.Names.ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            var column = fit.ColumnOf(i);
            int[] alike = [.. seen.Where(j => fit.ColumnOf(j) == column)];
            alike = alike.Length > 0 || column == 0 ? alike : [.. seen.Where(j => fit.ColumnOf(j) > 0)];
            if (names[i].IsConfirmed || alike.Length == 0)
                continue;
            var x = fit.LeftOf(i) + Median(alike.Select(j => fit.Names[j].Word!.Box.X - fit.LeftOf(j)));
            var nearest = alike.MinBy(j => Math.Abs(fit.RowOf(j) - fit.RowOf(i)));
            var y = rows.Baselines[fit.RowOf(i)] + fit.Names[nearest].Word!.MiddleY - rows.Baselines[fit.RowOf(nearest)] - (height / 2);
            var expected = i < fit.Format.Leads.Count ? PrintedWord.IndexOf(fit.Format.Leads[i]) : -1;
            if (Read(picture, x, y, height, expected, scale) is { } word)
                names[i] = new NameEvidence(Math.Min(NameCell.MostEvidence, word.LogOdds[word.Best]) / (expected < 0 ? 2 : 1), word);
        }

        return fit with { Names = names, Score = fit.Score + names.Sum(name => name.Score) - fit.Names.Sum(name => name.Score) };
    }

    /// <summary>The most convincing window; null where none reads as the expected name, or, where none is expected, as any.</summary>
    private static PrintedWord? Read(Mat picture, double x, double y, double height, int expected, CanvasScale scale)
    {
        var best = Enumerable.Repeat(double.NegativeInfinity, WordReader.LeadClasses.Count - 1).ToArray();
        PrintedWord? convincing = null;
        for (var dy = -Steps; dy <= Steps; dy++)
            for (var dx = -Steps; dx <= Steps; dx++)
                foreach (var aspect in expected < 0 ? [0.6, 1.4, 1.7] : new[] { Aspect(WordReader.LeadClasses[expected]) })
                {
                    int left = (int)(x + (dx * StepMm * scale.X)), top = (int)(y + (dy * StepMm * scale.Y)), width = (int)(aspect * height);
                    if (left < 0 || top < 0 || left + width >= picture.Cols || top + (int)height >= picture.Rows)
                        continue;
                    var word = PrintedWord.Read(picture, new PixelBox(left, top, width, (int)height));
                    for (var i = 0; i < best.Length; i++)
                        best[i] = Math.Max(best[i], word.LogOdds[i]);
                    if (convincing is null || word.LogOdds[expected < 0 ? word.Best : expected] > convincing.LogOdds[expected < 0 ? convincing.Best : expected])
                        convincing = word;
                }

        if (convincing is null)
            return null;
        var name = expected < 0 ? convincing.Best : expected;
        // Single strokes are everywhere.
        return name > 0 && best[name] >= LeastLogOdds && !best.Where((odds, i) => i != name && odds > best[name] - LeastBefore).Any() ? convincing : null;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
