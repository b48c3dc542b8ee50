using System.Numerics;
using System.Runtime.InteropServices;
using OpenCvSharp;
using static EcgImageWeb.Vision.Synthesis.Dice;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Light, optics, sensor, copier and file.</summary>
internal static class CameraWear
{
    /// <summary>The picture after everything but its compression.</summary>
    public static Raster Apply(Raster picture, PageWear wear, Random random)
    {
        using var mat = picture.ToMat();
        if (wear.BlurPx > 0)
            Cv2.GaussianBlur(mat, mat, new Size(0, 0), wear.BlurPx);
        if (wear.MotionPx > 0)
            Move(mat, wear.MotionPx, random);
        var pixels = RasterMat.Bytes(mat);
        Expose(pixels, picture.Width, picture.Height, wear, random);
        if (wear.CopyLevel > 0)
            Copy(pixels, wear.CopyLevel, random);
        return new Raster(picture.Width, picture.Height, 3, pixels);
    }

    // The camera moves along a straight line while the shutter is open.
    private static void Move(Mat mat, double lengthPx, Random random)
    {
        var reach = (int)Math.Ceiling(lengthPx / 2) + 1;
        var size = (2 * reach) + 1;
        var path = new Coverage(size, size);
        var (sin, cos) = Math.SinCos(Between(random, 0, Math.PI));
        double half = lengthPx / 2, centre = reach + 0.5;
        path.Stroke([new(centre - (half * cos), centre - (half * sin)), new(centre + (half * cos), centre + (half * sin))], 1, 1);
        var sum = (float)path.Values.Sum(value => value);
        using var kernel = new Mat(size, size, MatType.CV_32FC1);
        Marshal.Copy(path.Values.Select(value => value / sum).ToArray(), 0, kernel.Data, size * size);
        Cv2.Filter2D(mat, mat, -1, kernel);
    }

    private static void Expose(byte[] pixels, int width, int height, PageWear wear, Random random)
    {
        var light = Light(width, height, wear, random);
        double glareX = random.NextDouble(), glareY = random.NextDouble(), glareSize = Between(random, 0.05, 0.25);
        var glare = wear.Glare > 0
            ? SmoothNoise.Enlarged(width, height, 48, 48, (x, y) => (float)(wear.Glare * Math.Exp(-(((x - glareX) * (x - glareX)) + ((y - glareY) * (y - glareY))) / (glareSize * glareSize))))
            : null;
        double moireX = Between(random, 0.05, 0.6), moireY = Between(random, 0.05, 0.6);
        double[] gains = [wear.Exposure * (1 - wear.Warmth), wear.Exposure, wear.Exposure * (1 + wear.Warmth)];
        var noise = new NoiseSource((ulong)random.NextInt64());
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                var common = wear.Noise > 0 ? noise.Next() * wear.Noise : 0;
                double shine = glare?[i] ?? 0, sum = 0;
                for (var c = 0; c < 3; c++)
                {
                    var value = pixels[(i * 3) + c] * gains[c] * light[i];
                    if (wear.Moire > 0)
                        value *= 1 + (wear.Moire * Math.Sin((x * moireX) + (y * moireY * 0.3) + c) * Math.Sin((y * moireY) - (x * 0.2 * moireX)));
                    value += (shine * (255 - value)) + common + (wear.Noise > 0 ? noise.Next() * wear.Noise * 0.5 : 0);
                    pixels[(i * 3) + c] = (byte)Math.Clamp(value + 0.5, 0, 255);
                    sum += value * (c == 0 ? 0.114 : c == 1 ? 0.587 : 0.299);
                }
                if (wear.IsGray)
                    pixels[i * 3] = pixels[(i * 3) + 1] = pixels[(i * 3) + 2] = (byte)Math.Clamp(sum + 0.5, 0, 255);
            }
        }
    }

    // Light that falls off to one side, and the shadow of something with a straight, soft edge.
    private static float[] Light(int width, int height, PageWear wear, Random random)
    {
        var (sin, cos) = Math.SinCos(Between(random, 0, 2 * Math.PI));
        var (edgeSin, edgeCos) = Math.SinCos(Between(random, 0, 2 * Math.PI));
        double edge = Between(random, -0.3, 0.3), soft = Between(random, 0.01, 0.12), bow = Normal(random) * 0.4;
        return SmoothNoise.Enlarged(width, height, 64, 64, (x, y) =>
        {
            double u = x - 0.5, v = y - 0.5, side = (u * edgeCos) + (v * edgeSin) - edge + (bow * ((v * edgeCos) - (u * edgeSin)) * ((v * edgeCos) - (u * edgeSin)));
            return (float)((1 + (wear.UnevenLight * ((u * cos) + (v * sin) - 0.4))) * (1 - (wear.Shadow / (1 + Math.Exp(-side / soft)))));
        });
    }

    private static void Copy(byte[] pixels, double level, Random random)
    {
        // The copier's white is the paper: the 90th percentile stands for it.
        var counts = new int[256];
        for (var i = 0; i < pixels.Length; i += 3)
            counts[pixels[i]]++;
        int paper = 255, seen = 0;
        while (seen < pixels.Length / 30)
            seen += counts[paper--];
        var noise = new NoiseSource((ulong)random.NextInt64());
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var value = noise.Next();
            // Normal noise exceeds 3.7 once in ten thousand pixels: dust.
            var isInk = pixels[i] + (value * 3) < level * paper || value > 3.7;
            pixels[i] = pixels[i + 1] = pixels[i + 2] = isInk ? (byte)20 : (byte)250;
        }
    }

    /// <summary>Nearly normal numbers, fast: the ones among 64 random bits (xorshift64*) have deviation 4 about 32.</summary>
    private struct NoiseSource(ulong seed)
    {
        private ulong state = seed | 1;

        public double Next()
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            return (BitOperations.PopCount(state * 2685821657736338717UL) - 32) / 4.0;
        }
    }
}
