using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// How much darker than the paper around it every pixel is, in units of what is usual there: shadows are gone, faint lines
/// count like strong ones, and ink counts no more than a grid line. What the grid is measured on.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">Row-major; lines positive.</param>
/// <param name="Paper">Gray level of the paper around every pixel.</param>
/// <param name="FactorX">Columns here over columns in the picture.</param>
/// <param name="FactorY">Rows here over rows in the picture.</param>
internal sealed record GridSignal(int Width, int Height, float[] Values, float[] Paper, double FactorX, double FactorY)
{
    /// <summary>Larger pictures are measured at this size: a page of 300 mm that fills it still has 6 px/mm.</summary>
    private const int LongestSide = 2000;

    /// <summary>Surroundings that make paper level and usual contrast: wider than the cells of 5 mm, narrower than shadows.</summary>
    private const int AroundPx = 41;

    /// <summary>Ink counts at most this many times the usual contrast of its surroundings.</summary>
    private const double MostContrast = 2.5;

    /// <summary>Contrast of paper without lines: the noise of a clean page is not blown up to a grid; share of the paper level.</summary>
    private const double LeastContrast = 0.004;

    /// <summary>Darkest paper, gray levels.</summary>
    private const double LeastPaper = 16;

    /// <summary>The signal of a picture of 1 or 3 channels.</summary>
    public static GridSignal Of(Raster picture)
    {
        var scale = Math.Min(1, LongestSide / (double)Math.Max(picture.Width, picture.Height));
        int width = Math.Max(1, (int)Math.Round(picture.Width * scale)), height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        using var page = picture.ToMat();
        using var small = new Mat();
        if (scale < 1)
            Cv2.Resize(page, small, new Size(width, height), 0, 0, InterpolationFlags.Area);
        else
            page.CopyTo(small);

        // All three colours count alike: in luminance the usual orange and yellow grids hardly show.
        using var level = new Mat();
        if (picture.Channels == 3)
        {
            using var mean = new Mat(1, 3, MatType.CV_32FC1, new Scalar(1 / 3.0));
            using var wide = new Mat();
            small.ConvertTo(wide, MatType.CV_32FC3);
            Cv2.Transform(wide, level, mean);
        }
        else
            small.ConvertTo(level, MatType.CV_32FC1);

        var around = new Size(AroundPx, AroundPx);
        using var paper = new Mat();
        Cv2.Blur(level, paper, around);
        var values = Floats(level);
        var papers = Floats(paper);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((papers[i] - values[i]) / Math.Max(papers[i], LeastPaper));
        using var contrast = new Mat(height, width, MatType.CV_32FC1);
        Marshal.Copy(Array.ConvertAll(values, Math.Abs), 0, contrast.Data, values.Length);
        using var usual = new Mat();
        Cv2.Blur(contrast, usual, around);
        var usuals = Floats(usual);
        for (var i = 0; i < values.Length; i++)
        {
            // Running sums end a rounding error below zero where paper is quite even.
            var contrastHere = Math.Max(0, usuals[i]);
            values[i] = (float)(Math.Clamp(values[i], -MostContrast * contrastHere, MostContrast * contrastHere) / (contrastHere + LeastContrast));
        }

        return new GridSignal(width, height, values, papers, width / (double)picture.Width, height / (double)picture.Height);
    }

    private static float[] Floats(Mat mat)
    {
        var floats = new float[mat.Rows * mat.Cols];
        Marshal.Copy(mat.Data, floats, 0, floats.Length);
        return floats;
    }
}
