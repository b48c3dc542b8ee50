using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace EcgImageWeb.Training.Words;

/// <summary>Examples for the readers of words: lead names, speeds and amplitudes, and other words as a scanner or a camera sees them; the same for the same seed.</summary>
internal static class WordPictures
{
    /// <summary>What else stands on ECG pages.</summary>
    private static readonly string[] OtherWords =
    [
        "V", "VR", "VL", "a", "aV", "R", "F", "L", "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "25", "50", "10", "mm", "mm/s", "mm/mV", "Hz", "ms", "bpm", "BPM",
        "PR", "QRS", "QT", "QTc", "P", "T", "ID", "Name", "Age", "Sex", "Male", "Date", "Rate", "Vent", "sinus", "rhythm", "normal", "ECG", "E", "H", "N", "M", "U", "S", "W",
        "ID:", "kg", "cm", "60", "72", "100", "40", "0.05", "150", "mV", "s", "m", "x", "/", "-", "+", ":", "n", "O", "C", "B", "Hr", "V7", "V8", "IV", "VI", "LV", "Vl", "avg",
    ];

    /// <summary>Share of the examples that are no lead name.</summary>
    private const double OtherShare = 0.4;

    /// <summary>How speed and amplitude are written behind their number.</summary>
    private static readonly string[] Speeds = ["mm/s", "mm/sec", "mm/s", "MM/S"], Gains = ["mm/mV", "mm/mv", "mm/mV", "MM/MV"];

    /// <summary>One example: the network's picture and its class.</summary>
    public static (float[] Picture, int Label) Example(WordReader reader, Lettering lettering, Random random)
    {
        var other = reader.Classes.Count - 1;
        var label = random.NextDouble() < OtherShare ? other : random.Next(other);
        if (label == other && random.NextDouble() < 0.35)
            return (Seen(reader, Scribble(random), random), other);
        var word = label == other ? OtherWords[random.Next(OtherWords.Length)] : reader.Classes[label];
        if (reader.IsBeginning)
            word = label == other ? Other(word, random) : Scale(word, random);
        else if (label != other && word[0] == 'a' && random.Next(4) == 0)
            word = word.ToUpperInvariant();
        return (Seen(reader, lettering.Draw(word, random), random), label);
    }

    /// <summary>A speed or an amplitude, as devices write it, and what may follow.</summary>
    private static string Scale(string word, Random random)
    {
        var number = word[..^2];
        var units = number is "25" or "50" ? Speeds : Gains;
        var point = random.Next(6) == 0 ? ".0" : "";
        return number + point + (random.Next(2) == 0 ? " " : "") + units[random.Next(units.Length)] + (random.Next(2) == 0 ? "  " + OtherWords[random.Next(OtherWords.Length)] : "");
    }

    /// <summary>Other words, numbers and units: the same numbers before other units, and other numbers before the same.</summary>
    private static string Other(string word, Random random) => random.Next(4) switch
    {
        0 => new[] { "25", "50", "5", "10", "20" }[random.Next(5)] + new[] { " Hz", "Hz", " ms", ":30", "0 ms", "/min", " s", " kg", "bpm", ".11", "-40", "mmol" }[random.Next(12)],
        1 => new[] { "12.5", "0.5", "40", "60", "100", "2.5", "150", "35", "0.05", "55", "15" }[random.Next(11)] + new[] { "mm/s", " mm/mV", "Hz", " - 40 Hz" }[random.Next(4)],
        _ => word + " " + OtherWords[random.Next(OtherWords.Length)],
    };

    /// <summary>A piece of a trace, a line, a tick, an arc: what is as small as a letter and is none.</summary>
    private static Raster Scribble(Random random)
    {
        int width = random.Next(30, 160), height = 96;
        using var picture = new Mat(height, width + 40, MatType.CV_8UC1, Scalar.All(255));
        var points = new List<Point>();
        double y = random.Next(30, 66), slope = 0;
        for (var x = 20; x < width + 20; x += 4)
        {
            slope = (slope * 0.8) + ((random.NextDouble() - 0.5) * 10);
            if (random.Next(12) == 0)
                slope = (random.NextDouble() - 0.5) * 90;
            y = Math.Clamp(y + slope, 14, 82);
            points.Add(new Point(x, (int)y));
        }

        Cv2.Polylines(picture, [points.ToArray()], false, Scalar.All(0), random.Next(3, 11), LineTypes.AntiAlias);
        return Copy(picture);
    }

    /// <summary>Slanted, squeezed, small, blurred, in noise, sometimes with a piece of a trace across it, then found by its ink's extent.</summary>
    private static float[] Seen(WordReader reader, Raster drawn, Random random)
    {
        double Uniform(double from, double to) => from + (random.NextDouble() * (to - from));
        using var picture = new Mat(drawn.Height, drawn.Width, MatType.CV_8UC1);
        System.Runtime.InteropServices.Marshal.Copy(drawn.Pixels, 0, picture.Data, drawn.Pixels.Length);
        var height = Uniform(7, 28);
        double scale = height / Lettering.CapHeight, aspect = Uniform(0.8, 1.25), slant = Uniform(-0.12, 0.22), turn = Uniform(-0.05, 0.05);
        int columns = (int)(drawn.Width * scale * aspect) + 24, rows = (int)(drawn.Height * scale) + 16;
        using Mat large = new(), small = new(), map = new(2, 3, MatType.CV_64FC1);
        Cv2.GaussianBlur(picture, large, new Size(0, 0), 0.4 / scale);
        map.Set(0, 0, scale * aspect);
        map.Set(0, 1, -slant * scale);
        map.Set(0, 2, 8 + (slant * height));
        map.Set(1, 0, turn * scale);
        map.Set(1, 1, scale);
        map.Set(1, 2, 6.0);
        Cv2.WarpAffine(large, small, map, new Size(columns, rows), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(255));
        if (random.Next(2) == 0)
            Cv2.GaussianBlur(small, small, new Size(0, 0), Uniform(0.3, Math.Max(0.4, height / 8)));
        var extent = Extent(small);
        if (random.Next(3) == 0)
            Cross(small, random);
        double noise = Uniform(0, 18), ink = Uniform(0.4, 1);
        if (random.Next(4) == 0)
            Grid(small, random);
        var pixels = Copy(small);
        for (var i = 0; i < pixels.Pixels.Length; i++)
            pixels.Pixels[i] = (byte)Math.Clamp(255 - ((255 - pixels.Pixels[i]) * ink) + ((random.NextDouble() + random.NextDouble() - 1) * noise), 0, 255);
        // The extent of a thresholded word is a little off.
        double off = Math.Max(1, extent.Height * 0.09);
        int Off() => (int)Math.Round(Uniform(-off, off));
        int left = Math.Max(0, extent.X + Off()), top = Math.Max(0, extent.Y + Off());
        var box = new PixelBox(left, top, Math.Max(1, extent.X + extent.Width + Off() - left), Math.Max(3, extent.Y + extent.Height + Off() - top));
        return reader.Picture(pixels, box);
    }

    /// <summary>A grid, whose lines are fainter than the word, or only its uprights.</summary>
    private static void Grid(Mat picture, Random random)
    {
        var distance = random.Next(6, 20);
        var gray = Scalar.All(random.Next(140, 230));
        using var lines = new Mat(picture.Rows, picture.Cols, MatType.CV_8UC1, Scalar.All(255));
        for (var x = random.Next(distance); x < picture.Cols; x += distance)
            Cv2.Line(lines, x, 0, x, picture.Rows, gray);
        for (var y = random.Next(2 * distance); y < picture.Rows; y += distance)
            Cv2.Line(lines, 0, y, picture.Cols, y, gray);
        Cv2.Min(picture, lines, picture);
    }

    /// <summary>A trace that runs through the word or past it, now and then with a steep stroke.</summary>
    private static void Cross(Mat picture, Random random)
    {
        var points = new List<Point>();
        double y = random.Next(picture.Rows), wander = picture.Rows * 0.03;
        for (var x = -2; x < picture.Cols + 4; x += 2)
        {
            y += (random.NextDouble() - 0.5) * 2 * wander;
            points.Add(new Point(x, (int)(y + (random.Next(15) == 0 ? (random.NextDouble() - 0.5) * 2 * picture.Rows : 0))));
        }

        Cv2.Polylines(picture, [points.ToArray()], false, Scalar.All(random.Next(120)), random.Next(1, 3), LineTypes.AntiAlias);
    }

    private static PixelBox Extent(Mat picture)
    {
        using var ink = new Mat();
        Cv2.Threshold(picture, ink, 150, 255, ThresholdTypes.BinaryInv);
        var box = Cv2.BoundingRect(ink);
        return box.Width == 0 ? new PixelBox(2, 2, 4, 8) : new PixelBox(box.X, box.Y, box.Width, box.Height);
    }

    private static Raster Copy(Mat picture)
    {
        var pixels = new byte[picture.Rows * picture.Cols];
        System.Runtime.InteropServices.Marshal.Copy(picture.Data, pixels, 0, pixels.Length);
        return new Raster(picture.Cols, picture.Rows, 1, pixels);
    }
}
