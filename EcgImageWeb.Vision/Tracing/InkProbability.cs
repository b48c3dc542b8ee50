using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Tracing;

/// <summary>How likely each pixel of a page is trace ink, at the ink network's scale (<see cref="InkInput.PxPerMm"/>).</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Values">0 to 1, row-major.</param>
public sealed record InkProbability(int Width, int Height, float[] Values)
{
    /// <summary>
    /// The same for the pixels of the page itself, interpolated; a pixel of the network's wider all around, so that the soft edge of a stroke, which tells
    /// where its middle is to a part of a pixel, stays what the page shows.
    /// </summary>
    /// <param name="width">The page's columns.</param>
    /// <param name="height">The page's rows.</param>
    public float[] OnPage(int width, int height)
    {
        using var coarse = Coarse();
        using var wide = new Mat();
        using var kernel = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(3, 3));
        Cv2.MorphologyEx(coarse, wide, MorphTypes.Dilate, kernel);
        return Interpolated(wide, width, height);
    }

    /// <summary>The same as thin as the network has it.</summary>
    /// <param name="width">The page's columns.</param>
    /// <param name="height">The page's rows.</param>
    public float[] ThinOnPage(int width, int height)
    {
        using var coarse = Coarse();
        return Interpolated(coarse, width, height);
    }

    private Mat Coarse()
    {
        var coarse = new Mat(Height, Width, MatType.CV_32FC1);
        Marshal.Copy(Values, 0, coarse.Data, Values.Length);
        return coarse;
    }

    private static float[] Interpolated(Mat from, int width, int height)
    {
        using var fine = new Mat();
        Cv2.Resize(from, fine, new Size(width, height), 0, 0, InterpolationFlags.Linear);
        var values = new float[width * height];
        Marshal.Copy(fine.Data, values, 0, values.Length);
        return values;
    }
}
