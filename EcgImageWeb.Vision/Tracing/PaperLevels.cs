namespace EcgImageWeb.Vision.Tracing;

/// <summary>How bright the paper is around each pixel: what most pixels of each square are at most as bright as, interpolated between their middles.</summary>
internal sealed class PaperLevels
{
    /// <summary>Side of a square: wide enough that no word fills it, at least so many pixels.</summary>
    private const double SquareMm = 8;

    private const int LeastSquarePx = 16;

    private const double Share = 0.75;

    private readonly int square, columns, rows;
    private readonly float[] levels;

    private PaperLevels(int square, int columns, int rows) => (this.square, this.columns, this.rows, levels) = (square, columns, rows, new float[rows * columns]);

    /// <summary>The levels of one channel.</summary>
    public static PaperLevels Of(Raster picture, int channel, double pxPerMm)
    {
        var square = Math.Max(LeastSquarePx, (int)(SquareMm * pxPerMm));
        var paper = new PaperLevels(square, (picture.Width + square - 1) / square, (picture.Height + square - 1) / square);
        Span<int> histogram = stackalloc int[256];
        for (var r = 0; r < paper.rows; r++)
            for (var c = 0; c < paper.columns; c++)
            {
                histogram.Clear();
                int right = Math.Min(picture.Width, (c + 1) * square), bottom = Math.Min(picture.Height, (r + 1) * square);
                for (var y = r * square; y < bottom; y++)
                    for (var at = (((y * picture.Width) + (c * square)) * picture.Channels) + channel; at < ((y * picture.Width) + right) * picture.Channels; at += picture.Channels)
                        histogram[picture.Pixels[at]]++;
                var (level, seen, enough) = (0, 0, Share * (right - (c * square)) * (bottom - (r * square)));
                while (level < 255 && (seen += histogram[level]) < enough)
                    level++;
                paper.levels[(r * paper.columns) + c] = level;
            }

        return paper;
    }

    /// <summary>The paper's level at a pixel, 1 to 255.</summary>
    public float At(int x, int y)
    {
        var (r, down) = Between(y, rows);
        var (c, across) = Between(x, columns);
        int next = Math.Min(r + 1, rows - 1), right = Math.Min(c + 1, columns - 1);
        var above = levels[(r * columns) + c] + ((levels[(r * columns) + right] - levels[(r * columns) + c]) * across);
        var below = levels[(next * columns) + c] + ((levels[(next * columns) + right] - levels[(next * columns) + c]) * across);
        return Math.Max(1, above + ((below - above) * down));
    }

    /// <summary>The square whose middle lies before a pixel, and the share of the way to the next one's.</summary>
    private (int Before, float Share) Between(int pixel, int count)
    {
        var at = Math.Clamp(((pixel + 0.5f) / square) - 0.5f, 0, count - 1);
        return ((int)at, at - (int)at);
    }
}
