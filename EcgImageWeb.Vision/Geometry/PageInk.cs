using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>What is printed or written on a page, without its grid and shadows, at a resolution that does not depend on the page's.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Level">Darkness, 0 (paper and grid) to 255 (ink).</param>
/// <param name="Labels">Number of the piece of ink of every pixel, 0 for none.</param>
/// <param name="Pieces">All pieces.</param>
internal sealed record PageInk(int Width, int Height, byte[] Level, int[] Labels, IReadOnlyList<InkPiece> Pieces)
{
    /// <summary>Surroundings that make the paper's level, millimetres.</summary>
    private const double AroundMm = 10;

    /// <summary>
    /// The grid is as dark as this share of the page's pixels at most, ink as the darkest share of them; between both, at
    /// this part, ink begins.
    /// </summary>
    private const double GridShare = 0.9, InkShare = 0.995, InkBegins = 0.45;

    /// <summary>Least darkness of ink, of the paper's level.</summary>
    private const double LeastInk = 0.12;

    /// <summary>The ink of a page.</summary>
    public static PageInk Of(Raster page, double pxPerMmX, double pxPerMmY, double pxPerMm)
    {
        int width = Math.Max(8, (int)(page.Width / pxPerMmX * pxPerMm)), height = Math.Max(8, (int)(page.Height / pxPerMmY * pxPerMm));
        using var whole = Gray.Brightest(page).ToMat();
        using var small = new Mat();
        Cv2.Resize(whole, small, new Size(width, height), 0, 0, width < page.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
        using var paper = new Mat();
        var around = (int)(AroundMm * pxPerMm);
        Cv2.Blur(small, paper, new Size(around, around));
        byte[] values = RasterMat.Bytes(small), papers = RasterMat.Bytes(paper);
        var darkness = new float[values.Length];
        var histogram = new int[256];
        for (var i = 0; i < values.Length; i++)
        {
            darkness[i] = Math.Clamp(1 - (values[i] / Math.Max(16f, papers[i])), 0, 1);
            histogram[(int)(darkness[i] * 255)]++;
        }

        double grid = Quantile(histogram, GridShare), ink = Quantile(histogram, InkShare);
        var begins = Math.Max(LeastInk, grid + (InkBegins * (ink - grid)));
        var level = Array.ConvertAll(darkness, d => (byte)Math.Clamp((d - grid) / Math.Max(ink - grid, LeastInk) * 255, 0, 255));
        return Labelled(width, height, level, Array.ConvertAll(darkness, d => (byte)(d >= begins ? 255 : 0)));
    }

    /// <summary>The same ink turned.</summary>
    public PageInk Turned(QuarterTurn turn)
    {
        var level = turn.Apply(new Raster(Width, Height, 1, Level));
        return Labelled(level.Width, level.Height, level.Pixels, turn.Apply(new Raster(Width, Height, 1, Array.ConvertAll(Labels, label => (byte)(label > 0 ? 255 : 0)))).Pixels);
    }

    /// <summary>The darkness as a matrix, CV_8UC1.</summary>
    public Mat ToMat() => new Raster(Width, Height, 1, Level).ToMat();

    /// <summary>Middles of the runs of a piece in one of its rows, counted from its left.</summary>
    public List<double> Runs(InkPiece piece, int row)
    {
        var runs = new List<double>();
        var from = ((piece.Top + row) * Width) + piece.Left;
        for (var x = 0; x < piece.Width; x++)
        {
            if (Labels[from + x] != piece.Label)
                continue;
            var first = x;
            while (x + 1 < piece.Width && Labels[from + x + 1] == piece.Label)
                x++;
            runs.Add((first + x + 1) / 2.0);
        }

        return runs;
    }

    private static PageInk Labelled(int width, int height, byte[] level, byte[] mask)
    {
        using var ink = new Raster(width, height, 1, mask).ToMat();
        using var labels = new Mat();
        using var stats = new Mat();
        using var centroids = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(ink, labels, stats, centroids);
        var numbers = new int[width * height];
        Marshal.Copy(labels.Data, numbers, 0, numbers.Length);
        var pieces = Enumerable.Range(1, count - 1)
            .Select(i => new InkPiece(i, stats.Get<int>(i, 0), stats.Get<int>(i, 1), stats.Get<int>(i, 2), stats.Get<int>(i, 3)))
            .ToArray();
        return new PageInk(width, height, level, numbers, pieces);
    }

    private static double Quantile(int[] histogram, double share)
    {
        var left = share * histogram.Sum(count => (long)count);
        var level = 0;
        while (level < 255 && (left -= histogram[level]) > 0)
            level++;
        return level / 255.0;
    }
}
