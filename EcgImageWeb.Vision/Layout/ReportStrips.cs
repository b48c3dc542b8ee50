using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The strips of a report template on its canvas, row by row, the long strip last.</summary>
internal static class ReportStrips
{
    /// <summary>How far a trace is followed from its zero line, canvas pixels: 3.7 mV, into the neighbouring rows and over the frame.</summary>
    private const int Reach = 290;

    public static IReadOnlyList<Strip> Of(ReportTemplate template, Raster canvas)
    {
        var strips = new List<Strip>();
        for (var row = 0; row < template.Rows; row++)
            for (var column = 0; column < template.Columns; column++)
                strips.Add(Strip(template, canvas, row, Left(template, column), Right(template, column)));
        strips.Add(Strip(template, canvas, template.Rows, Left(template, 0), Right(template, template.Columns - 1)));
        return strips;
    }

    /// <summary>Indices of <see cref="Of"/> in the reading order of the twelve leads: column by column, the long strip last.</summary>
    public static IReadOnlyList<int> ReadingOrder(ReportTemplate template) =>
    [
        .. Enumerable.Range(0, template.Columns).SelectMany(column => Enumerable.Range(0, template.Rows).Select(row => (row * template.Columns) + column)),
        template.Rows * template.Columns,
    ];

    private static Strip Strip(ReportTemplate template, Raster canvas, int row, int first, int last)
    {
        var zero = template.ZeroLines[row] - 0.5;
        return new Strip(
            Math.Min(first, canvas.Width - 1),
            Math.Min(last, canvas.Width),
            Math.Max(0, (int)zero - Reach),
            Math.Min((int)zero + Reach, canvas.Height),
            zero);
    }

    private static int Left(ReportTemplate template, int column) =>
        column == 0 ? (int)Math.Floor(template.TraceLeft) : InkMask.SeparatorColumns(template, template.Separators[column - 1]).Last + 1;

    private static int Right(ReportTemplate template, int column) =>
        column == template.Columns - 1 ? (int)Math.Round(template.ColumnLeft(template.Columns)) : InkMask.SeparatorColumns(template, template.Separators[column]).First;
}
