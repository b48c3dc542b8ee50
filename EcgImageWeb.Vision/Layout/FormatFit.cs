namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// A page format laid over a page's rows: which rows, where the columns begin, and how well the printed names agree. The
/// names of all cells are read together: down a column they stand at the same place of their cells, and one misread word
/// never outweighs the others.
/// </summary>
/// <param name="Format">The format.</param>
/// <param name="FirstRow">Its first row among the page's rows.</param>
/// <param name="Left">Column where the first column of leads begins, canvas pixels.</param>
/// <param name="Pitch">Width of a column of leads, canvas pixels.</param>
/// <param name="Score">Log likelihood of the names, against that of a page without names.</param>
/// <param name="Names">Per cell, columns first as in the format, then the rhythm strips: what its printed name says.</param>
internal sealed record FormatFit(PageFormat Format, int FirstRow, double Left, double Pitch, double Score, IReadOnlyList<NameEvidence> Names)
{
    /// <summary>What each row that a format leaves over costs: text under the traces is taken for a row now and then.</summary>
    private const double RowLeftOver = 8;

    /// <summary>Cabrera's order and a sheet of several are rarer than the others.</summary>
    private const double RareFormat = 1;

    /// <summary>What a cell without a name costs, so that a format does not win by cells that are not there.</summary>
    private const double Nameless = 0.7;

    /// <summary>With this share of the names read, a format is sure.</summary>
    private const double SureNames = 0.6;

    /// <summary>Width of a lead, canvas pixels: the pitch, less where blank paper stands between columns.</summary>
    public double Width { get; init; } = Pitch;

    /// <summary>Whether blank paper stands between columns.</summary>
    public bool HasGaps => Width < Pitch;

    /// <summary>Ten seconds at 25 mm/s.</summary>
    private const double UsualLengthMm = 250;

    /// <summary>
    /// How much farther apart the names say that columns stand than the rows' length does, and how far from a line their places may be, millimetres: less is how exactly
    /// names stand, more another format.
    /// </summary>
    private const double LeastApartMm = 0.5, MostApartMm = 4, MostBesideMm = 0.3;

    /// <summary>Number of cells whose name was confirmed, and contradicted; the rhythm strips left out.</summary>
    public (int For, int Against) Confirmed => (Cells.Count(name => name.IsConfirmed), Cells.Count(name => name.IsContradicted));

    /// <summary>Number of columns of leads with a name that was confirmed.</summary>
    public int ConfirmedColumns => Enumerable.Range(0, Format.Leads.Count).Where(i => Names[i].IsConfirmed).Select(ColumnOf).Distinct().Count();

    /// <summary>Whether a name beside one of the page's rows was confirmed.</summary>
    public bool IsNamed(int row) => Enumerable.Range(0, Format.Leads.Count).Any(i => RowOf(i) == row && Names[i].IsConfirmed);

    /// <summary>Whether so many names were read that nothing else needs to be tried.</summary>
    public bool IsSure => Confirmed.For >= SureNames * Format.Leads.Count;

    /// <summary>How differently far from their columns' beginnings the names of the columns stand, all columns but the first, millimetres.</summary>
    public double NameSpread(double pxPerMm)
    {
        var offsets = Enumerable.Range(0, Format.Leads.Count)
            .Where(i => ColumnOf(i) > 0 && Names[i].IsConfirmed)
            .GroupBy(ColumnOf)
            .Select(column => column.Select(i => Names[i].Word!.Box.X - LeftOf(i)).Order().ElementAt(column.Count() / 2))
            .DefaultIfEmpty(0).ToArray();
        return (offsets.Max() - offsets.Min()) / pxPerMm;
    }

    /// <summary>
    /// The same with columns as far apart as their names, where at least two columns after the first tell: a row's end may be hidden or something else's, names
    /// stand equally far from where their columns begin.
    /// </summary>
    public FormatFit ApartAsNames(double pxPerMm)
    {
        (int Column, double X)[] places = [.. Enumerable.Range(0, Format.Leads.Count)
            .Where(i => ColumnOf(i) > 0 && Names[i].IsConfirmed)
            .GroupBy(ColumnOf)
            .Where(column => column.Count() > 1)
            .Select(column => (column.Key, column.Select(i => Names[i].Word!.Box.X - LeftOf(i)).Order().ElementAt(column.Count() / 2)))];
        if (places.Length < 2)
            return this;
        double middle = places.Average(place => place.Column), mean = places.Average(place => place.X);
        var apart = places.Sum(place => (place.Column - middle) * (place.X - mean)) / places.Sum(place => (place.Column - middle) * (place.Column - middle));
        var isLine = places.All(place => Math.Abs(place.X - mean - (apart * (place.Column - middle))) <= MostBesideMm * pxPerMm);
        return isLine && Math.Abs(apart) >= LeastApartMm * pxPerMm && Math.Abs(apart) <= MostApartMm * pxPerMm ? this with { Pitch = Pitch + apart, Width = HasGaps ? Math.Min(Width, Pitch + apart) : Width + apart } : this;
    }

    private IEnumerable<NameEvidence> Cells => Names.Take(Format.Leads.Count);

    /// <summary>All formats that the rows allow, the likeliest first.</summary>
    public static IReadOnlyList<FormatFit> All(TraceRows rows, ColumnGaps gaps, IReadOnlyList<PrintedWord> words, CanvasScale scale)
    {
        var fits = new List<FormatFit>();
        foreach (var format in PageFormat.All)
            for (var first = 0; first + format.Rows + format.RhythmStrips <= rows.Baselines.Count; first++)
                if (gaps.Columns(first, format.Rows, format.Columns) is var (from, apart, width))
                    fits.Add(Of(format, rows, first, from, apart, words, scale) with { Width = width });
                else
                    foreach (var (left, pitch) in Columns(rows, format.Columns, scale))
                        fits.Add(Of(format, rows, first, left, pitch, words, scale));
        return [.. fits.OrderByDescending(fit => fit.Score)];
    }

    /// <summary>Row of a cell among the page's rows.</summary>
    public int RowOf(int cell) => RowOf(Format, FirstRow, cell);

    /// <summary>Column of leads of a cell; the long strips begin in the first.</summary>
    public int ColumnOf(int cell) => cell < Format.Leads.Count ? cell / Format.Rows : 0;

    /// <summary>Where a cell begins, canvas pixels.</summary>
    public double LeftOf(int cell) => Left + (ColumnOf(cell) * Pitch);

    /// <summary>Where a cell begins and ends, canvas pixels; long strips are as long as all columns.</summary>
    public (double First, double Last) Span(int cell) => (LeftOf(cell), LeftOf(cell) + (cell < Format.Leads.Count ? Width : Format.Columns * Width));

    private static int RowOf(PageFormat format, int firstRow, int cell) =>
        firstRow + (cell < format.Leads.Count ? cell % format.Rows : cell - format.Leads.Count + format.Rows);

    /// <summary>Equal shares of the rows' length; and, where a page is cut off, the usual ten seconds from either end.</summary>
    private static IEnumerable<(double Left, double Pitch)> Columns(TraceRows rows, int columns, CanvasScale scale)
    {
        double length = rows.Right - rows.Left, usual = UsualLengthMm * scale.X;
        yield return (rows.Left, length / columns);
        if (columns > 1 && Math.Abs(length - usual) > scale.X && Math.Abs(length - usual) < usual / columns / 2)
        {
            yield return (rows.Left, usual / columns);
            yield return (rows.Right - usual, usual / columns);
        }
    }

    private static FormatFit Of(PageFormat format, TraceRows rows, int firstRow, double left, double pitch, IReadOnlyList<PrintedWord> words, CanvasScale scale)
    {
        var cells = format.Leads.Concat(Enumerable.Repeat("", format.RhythmStrips)).Select((name, i) =>
        {
            var column = i < format.Leads.Count ? i / format.Rows : 0;
            var row = RowOf(format, firstRow, i);
            return NameCell.Of(name, row, column, left + (column * pitch), pitch, rows.Baselines[row], rows.Spacing, words, scale);
        }).ToArray();
        var names = NameCell.ReadTogether(cells);
        var leftOver = rows.Baselines.Count - format.Rows - format.RhythmStrips;
        var rare = format.Name.EndsWith("-cabrera", StringComparison.Ordinal) || format.Columns == 1 ? RareFormat : 0;
        var nameless = names.Take(format.Leads.Count).Count(name => name.Score == 0);
        return new FormatFit(
            format, firstRow, left, pitch, names.Sum(name => name.Score) - (Nameless * nameless) - (RowLeftOver * leftOver) - rare, names);
    }
}
