using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Fields that vary slowly over a picture: light, crumpled paper, stains, the grain of wood.</summary>
internal static class SmoothNoise
{
    /// <summary>Values about 0 with deviation 1, <paramref name="across"/> times <paramref name="down"/> independent ones.</summary>
    public static float[] Of(Random random, int width, int height, int across, int down) =>
        Enlarged(width, height, across, down, (_, _) => (float)Dice.Normal(random));

    /// <summary>A field known at few places (0 to 1 across and down), smoothly between them.</summary>
    public static float[] Enlarged(int width, int height, int across, int down, Func<double, double, float> valueAt)
    {
        var coarse = new float[across * down];
        for (var y = 0; y < down; y++)
            for (var x = 0; x < across; x++)
                coarse[(y * across) + x] = valueAt((x + 0.5) / across, (y + 0.5) / down);
        using var small = new Mat(down, across, MatType.CV_32FC1);
        Marshal.Copy(coarse, 0, small.Data, coarse.Length);
        using var large = new Mat();
        Cv2.Resize(small, large, new Size(width, height), 0, 0, InterpolationFlags.Cubic);
        var values = new float[width * height];
        Marshal.Copy(large.Data, values, 0, values.Length);
        return values;
    }
}
