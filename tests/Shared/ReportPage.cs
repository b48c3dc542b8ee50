using System.Runtime.InteropServices;
using EcgImageWeb.Vision;
using OpenCvSharp;

namespace EcgImageWeb.Tests.Pages;

/// <summary>
/// Draws pages of the known report look: 2213 x 1572 at 200 dpi, frame, dotted grid, separators, pulses and names where the
/// device prints them, and synthetic beats of which every row is known.
/// </summary>
public static class ReportPage
{
    private const double PxPerMm = 200 / 25.4, ColumnPx = 62.5 * PxPerMm, TraceLeft = 152.5;

    private static readonly double[] ZeroLines = [462.5, 763.5, 1066.5, 1366.5];

    private static readonly string[] Leads = ["I", "aVR", "V1", "V4", "II", "aVL", "V2", "V5", "III", "aVF", "V3", "V6"];

    /// <summary>Draws a page.</summary>
    /// <param name="seed">Rate, amplitudes and wander.</param>
    /// <param name="rhythm">II or III.</param>
    /// <param name="gain">Factor on all amplitudes; at 2 traces reach into the next row and out of the frame.</param>
    public static DrawnPage Draw(int seed = 1, string rhythm = "II", double gain = 1)
    {
        using var page = new Mat(1572, 2213, MatType.CV_8UC3, new Scalar(255, 255, 255));
        DrawGrid(page);
        DrawMarks(page, rhythm);
        var heart = new Heart(seed, gain);
        var rows = new Dictionary<string, double[]>();
        var first = new Dictionary<string, int>();
        for (var i = 0; i < Leads.Length; i++)
            DrawTrace(Leads[i], Leads[i], i / 4, i % 4, 1);
        DrawTrace("rhythm", rhythm, 3, 0, 4);
        var pixels = new byte[2213 * 1572 * 3];
        Marshal.Copy(page.Data, pixels, 0, pixels.Length);
        return new DrawnPage(new Raster(2213, 1572, 3, pixels), rows, first);

        void DrawTrace(string key, string lead, int row, int column, int columns)
        {
            int from = (int)Math.Round(TraceLeft + (column * ColumnPx)), to = (int)Math.Round(TraceLeft + ((column + columns) * ColumnPx));
            var y = new double[to - from];
            for (var x = 0; x < y.Length; x++)
                y[x] = ZeroLines[row] - (heart.Millivolts(lead, (from + x + 0.5 - TraceLeft) / (25 * PxPerMm)) * 10 * PxPerMm);
            rows[key] = y;
            first[key] = from;
            // Points in sixteenths of a pixel; OpenCV counts from pixel centres.
            var points = y.Select((row_, x) => new Point((from + x) * 16, (int)Math.Round((row_ - 0.5) * 16))).ToArray();
            Cv2.Polylines(page, [points], false, new Scalar(0, 0, 0), 4, LineTypes.AntiAlias, 4);
        }
    }

    /// <summary>The page as a file.</summary>
    /// <param name="picture">BGR or gray.</param>
    /// <param name="ending">For example <c>.png</c> or <c>.jpg</c>.</param>
    public static byte[] Encode(Raster picture, string ending = ".png")
    {
        using var mat = new Mat(picture.Height, picture.Width, picture.Channels == 1 ? MatType.CV_8UC1 : MatType.CV_8UC3);
        Marshal.Copy(picture.Pixels, 0, mat.Data, picture.Pixels.Length);
        Cv2.ImEncode(ending, mat, out var bytes);
        return bytes;
    }

    private static void DrawGrid(Mat page)
    {
        var pink = new Scalar(170, 165, 245);
        for (var y = 290; y < 1512; y += 8)
            for (var x = 75; x < 2170; x += 8)
                page.Set(y, x, new Vec3b(190, 190, 250));
        for (var cell = 0; cell < 53; cell++)
            for (var y = 290; y < 1512; y += 4)
                page.Set(y, 75 + (int)(cell * 39.37), new Vec3b(140, 140, 230));
        for (var cell = 0; cell < 31; cell++)
            for (var x = 75; x < 2170; x += 4)
                page.Set(290 + (int)(cell * 39.37), x, new Vec3b(140, 140, 230));
        // Middle of the lines: 69.5, 285, 2175, 1516.5.
        Cv2.Rectangle(page, new Rect(68, 283, 3, 1235), pink, -1);
        Cv2.Rectangle(page, new Rect(2173, 283, 4, 1235), pink, -1);
        Cv2.Rectangle(page, new Rect(68, 283, 2109, 4), pink, -1);
        Cv2.Rectangle(page, new Rect(68, 1515, 2109, 3), pink, -1);
    }

    private static void DrawMarks(Mat page, string rhythm)
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report-marks.png")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        using var marks = Cv2.ImDecode(buffer.ToArray(), ImreadModes.Grayscale);
        for (var y = 0; y < marks.Rows; y++)
            for (var x = 0; x < marks.Cols; x++)
                if (marks.At<byte>(y, x) is var code && (code is > 0 and < 255 || (code == 255 && rhythm == "III")))
                    page.Set(283 + y, 68 + x, new Vec3b(10, 10, 10));
        // The marks leave out where separators and names meet; the device prints unbroken lines.
        foreach (var x in (ReadOnlySpan<int>)[643, 1135, 1626])
            Cv2.Rectangle(page, new Rect(x, 420, x == 1626 ? 4 : 3, 690), new Scalar(5, 5, 5), -1);
    }

    /// <summary>Beats as sums of Gaussians, the limb leads from two of them as on a body.</summary>
    private sealed class Heart
    {
        private readonly double rrS, gain;
        private readonly Dictionary<string, (double P, double Q, double R, double S, double T)> amplitudes = [];

        public Heart(int seed, double gain)
        {
            var random = new Random(seed);
            this.gain = gain;
            rrS = 0.6 + (0.4 * random.NextDouble());
            double Vary(double value) => value * (0.7 + (0.6 * random.NextDouble()));
            amplitudes["I"] = (Vary(0.08), -Vary(0.05), Vary(0.7), -Vary(0.1), Vary(0.2));
            amplitudes["II"] = (Vary(0.12), -Vary(0.07), Vary(1.0), -Vary(0.15), Vary(0.25));
            foreach (var (lead, r, s) in new[] { ("V1", 0.2, 0.9), ("V2", 0.4, 1.2), ("V3", 0.6, 0.8), ("V4", 1.1, 0.4), ("V5", 1.1, 0.2), ("V6", 0.8, 0.1) })
                amplitudes[lead] = (Vary(0.07), 0, Vary(r), -Vary(s), Vary(0.3));
        }

        public double Millivolts(string lead, double second) => lead switch
        {
            "III" => Own("II", second) - Own("I", second),
            "aVR" => -(Own("I", second) + Own("II", second)) / 2,
            "aVL" => Own("I", second) - (Own("II", second) / 2),
            "aVF" => Own("II", second) - (Own("I", second) / 2),
            _ => Own(lead, second),
        };

        private double Own(string lead, double second)
        {
            var t = (second + 0.3) % rrS;
            var (p, q, r, s, w) = amplitudes[lead];
            return gain * (Wave(p, 0.12, 0.025) + Wave(q, 0.235, 0.009) + Wave(r, 0.26, 0.011) + Wave(s, 0.287, 0.011) + Wave(w, 0.48, 0.045));
            double Wave(double amplitude, double at, double width) => amplitude * Math.Exp(-(t - at) * (t - at) / (2 * width * width));
        }
    }
}
