namespace EcgImageWeb.Vision.Layout;

/// <summary>The surroundings of one lead's beginning, where its name may be printed.</summary>
/// <param name="Name">The name that is expected; empty for a long strip, whose name is not known.</param>
/// <param name="Row">Row of the page.</param>
/// <param name="Column">Column of leads.</param>
/// <param name="Near">Words near it, millimetres from the beginning of its zero line.</param>
internal sealed record NameCell(string Name, int Row, int Column, IReadOnlyList<(double X, double Y, PrintedWord Word)> Near)
{
    /// <summary>One word never counts more than this: odds of 400 to 1.</summary>
    public const double MostEvidence = 6;

    /// <summary>I is a single stroke: any tick or piece of a trace looks like it. II and III are two and three of them.</summary>
    private const double MostForOneStroke = 2.2, MostForStrokes = 4;

    /// <summary>Names stand at the same place of their cells to this, millimetres.</summary>
    private const double SamePlaceMm = 3;

    /// <summary>Names are spaced like the rows, or by this much more or less a row, millimetres: zero lines wander.</summary>
    private const double MostDriftMm = 5;

    /// <summary>Names are looked for from this far left of a lead's beginning, in the first column left of the pulse, millimetres, to this share of the lead's width.</summary>
    private const double MostBeforeFirstMm = 28, MostBeforeMm = 9, MostAfter = 0.48;

    /// <summary>Names stand near the beginning of their leads: what a word counts less for each millimetre from it, in all columns but the first.</summary>
    private const double LessAMm = 0.015;

    /// <summary>And from the zero line, as a share of the distance of rows.</summary>
    private const double MostAbove = 0.85, MostBelow = 0.6;

    /// <summary>The cell of a lead.</summary>
    public static NameCell Of(
        string name, int row, int column, double left, double width, double baseline, double spacing, IReadOnlyList<PrintedWord> words, CanvasScale scale)
    {
        var near = words
            .Select(word => (X: (word.Box.X - left) / scale.X, Y: (word.MiddleY - baseline) / scale.Y, Word: word))
            .Where(place => place.X >= -(column == 0 ? MostBeforeFirstMm : MostBeforeMm) && place.X <= Math.Min(MostAfter * width / scale.X, 32)
                && place.Y >= -MostAbove * spacing / scale.Y && place.Y <= MostBelow * spacing / scale.Y);
        return new NameCell(name.TrimStart('-'), row, column, [.. near]);
    }

    /// <summary>For every cell, what stands at the place that most names of its column agree on.</summary>
    public static NameEvidence[] ReadTogether(NameCell[] cells)
    {
        var evidence = new NameEvidence[cells.Length];
        foreach (var column in Enumerable.Range(0, cells.Max(cell => cell.Column) + 1))
        {
            int[] group = [.. Enumerable.Range(0, cells.Length).Where(i => cells[i].Column == column)];
            var best = 0.0;
            foreach (var place in Places([.. group.Select(i => cells[i])]))
            {
                var sum = group.Sum(i => cells[i].At(place).Score);
                if (sum <= best)
                    continue;
                best = sum;
                foreach (var i in group)
                    evidence[i] = cells[i].At(place);
            }
        }

        return evidence;
    }

    /// <summary>A place of names relative to their cells: x, y of row 0, and drift of y a row; millimetres.</summary>
    private readonly record struct Place(double X, double Y, double Drift);

    /// <summary>Places that one word, or two of different rows, suggest.</summary>
    private static IEnumerable<Place> Places(NameCell[] cells)
    {
        var seen = cells.SelectMany(cell => cell.Near.Where(near => cell.Score(near.Word) > 1).Select(near => (cell.Row, near.X, near.Y))).ToArray();
        foreach (var a in seen)
        {
            yield return new Place(a.X, a.Y, 0);
            foreach (var b in seen)
                if (b.Row > a.Row && Math.Abs(b.X - a.X) < SamePlaceMm && (b.Y - a.Y) / (b.Row - a.Row) is var drift && Math.Abs(drift) is > SamePlaceMm / 4 and < MostDriftMm)
                    yield return new Place((a.X + b.X) / 2, a.Y - (drift * a.Row), drift);
        }
    }

    private NameEvidence At(Place place)
    {
        NameEvidence best = default;
        foreach (var (x, y, word) in Near)
        {
            double apartX = Math.Abs(x - place.X) / SamePlaceMm, apartY = Math.Abs(y - place.Y - (place.Drift * Row)) / SamePlaceMm;
            if (apartX > 1 || apartY > 1)
                continue;
            // A word that reads right is the name, whatever else stands beside it.
            var score = Score(word) * (1 - (0.3 * Math.Max(apartX, apartY))) * (Column == 0 ? 1 : 1 - (LessAMm * Math.Abs(x)));
            if (best.Word is null || score > Math.Max(0, best.Score) || (best.Score <= 0 && score < best.Score))
                best = new NameEvidence(score, word);
        }

        return best;
    }

    /// <summary>The most that a word counts as a name, by the name's position among the leads.</summary>
    public static double MostFor(PrintedWord word, int lead) => word.IsCertain ? MostEvidence : lead switch { 0 => MostForOneStroke, 1 or 2 => MostForStrokes, _ => MostEvidence };

    private double Score(PrintedWord word)
    {
        var likeliest = word.LogOdds[word.Best];
        var most = MostFor(word, word.Best);
        if (Name.Length == 0)
            return Math.Clamp(likeliest, 0, most) / 2;
        var own = word.LogOdds[PrintedWord.IndexOf(Name)];
        if (own == likeliest)
            return Math.Clamp(own, 0, most);
        return word.Best == 0 && !word.IsCertain ? 0 : -Math.Clamp(likeliest - Math.Max(0, own), 0, most);
    }
}
