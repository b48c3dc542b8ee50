using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Reads a printed word: its picture, made as large as the network wants it, through two dense layers. Trained on drawn words
/// (<c>ecg train words</c>): those that are to be read in many fonts, other words and pieces of traces.
/// </summary>
public sealed class WordReader
{
    /// <summary>Rows of the network's picture.</summary>
    public const int PictureHeight = 20;

    /// <summary>Rows above and below a word, as a share of its height.</summary>
    public const double Margin = 0.12;

    /// <summary>Units of the hidden layer.</summary>
    public const int Hidden = 96;

    /// <summary>What a lead's name can be: the twelve leads, and anything else.</summary>
    public static readonly IReadOnlyList<string> LeadClasses = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", ""];

    /// <summary>What a line of text about speed or amplitude can begin with, millimetres a second or a millivolt, and anything else.</summary>
    public static readonly IReadOnlyList<string> ScaleClasses = ["25mm", "50mm", "5mm", "10mm", "20mm", ""];

    /// <summary>Columns of the pictures of both kinds: AVR in a wide font; "25.0 mm".</summary>
    private const int LeadWidth = 56, ScaleWidth = 72;

    private static readonly Lazy<WordReader> ShippedLeads = new(() => OfLeads(Resource("lead-words.bin")));

    private static readonly Lazy<WordReader> ShippedScales = new(() => OfScales(Resource("scale-words.bin")));

    private readonly float[] _weights;

    private WordReader(IReadOnlyList<string> classes, int width, bool isBeginning, float[] weights)
    {
        (Classes, PictureWidth, IsBeginning, _weights) = (classes, width, isBeginning, weights);
        if (weights.Length != WeightCount)
            throw new ArgumentException($"This reader has {WeightCount} weights, not {weights.Length}.", nameof(weights));
    }

    /// <summary>The reader of lead names that ships with the program.</summary>
    public static WordReader Leads => ShippedLeads.Value;

    /// <summary>The reader of speed and amplitude that ships with the program.</summary>
    public static WordReader Scales => ShippedScales.Value;

    /// <summary>What a word can be.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Columns of the network's picture.</summary>
    public int PictureWidth { get; }

    /// <summary>Whether the picture goes on to the right of a word, where it is only the beginning.</summary>
    public bool IsBeginning { get; }

    /// <summary>Number of weights and biases.</summary>
    public int WeightCount => (Hidden * ((PictureHeight * PictureWidth) + 1)) + (Classes.Count * (Hidden + 1));

    /// <summary>A reader of lead names.</summary>
    /// <param name="weights">Hidden x input, hidden, classes x hidden, classes; row-major; null for zeros.</param>
    public static WordReader OfLeads(float[]? weights) => Of(LeadClasses, LeadWidth, false, weights);

    /// <summary>A reader of speed and amplitude.</summary>
    /// <param name="weights">As for lead names.</param>
    public static WordReader OfScales(float[]? weights) => Of(ScaleClasses, ScaleWidth, true, weights);

    private static WordReader Of(IReadOnlyList<string> classes, int width, bool isBeginning, float[]? weights) =>
        new(classes, width, isBeginning, weights ?? new float[(Hidden * ((PictureHeight * width) + 1)) + (classes.Count * (Hidden + 1))]);

    /// <summary>A word as the network sees it: scaled to its height, left-aligned, ink 1 and paper 0.</summary>
    /// <param name="page">One channel, ink dark.</param>
    /// <param name="word">The word's own extent.</param>
    /// <returns>PictureHeight x PictureWidth values, row-major.</returns>
    public float[] Picture(Raster page, PixelBox word)
    {
        ArgumentNullException.ThrowIfNull(page);
        using var pixels = page.ToMat();
        return Picture(pixels, word);
    }

    internal float[] Picture(Mat page, PixelBox word)
    {
        var scale = word.Height * (1 + (2 * Margin)) / PictureHeight;
        using var map = new Mat(2, 3, MatType.CV_64FC1);
        map.Set(0, 0, scale);
        map.Set(0, 1, 0.0);
        map.Set(0, 2, word.X - (Margin * word.Height) + (0.5 * scale) - 0.5);
        map.Set(1, 0, 0.0);
        map.Set(1, 1, scale);
        map.Set(1, 2, word.Y - (Margin * word.Height) + (0.5 * scale) - 0.5);
        // What stands right of the word is another word.
        int margin = (int)Math.Ceiling(Margin * word.Height), left = Math.Max(0, word.X - margin), top = Math.Max(0, word.Y - margin);
        int right = Math.Min(page.Cols, word.X + (IsBeginning ? (int)(PictureWidth * scale) : word.Width) + margin), bottom = Math.Min(page.Rows, word.Y + word.Height + margin);
        using var cut = new Mat(page, new Rect(left, top, right - left, bottom - top));
        map.Set(0, 2, map.Get<double>(0, 2) - left);
        map.Set(1, 2, map.Get<double>(1, 2) - top);
        using Mat smooth = new(), small = new();
        // Shrinking by interpolation alone would skip thin strokes.
        if (scale > 1.3)
            Cv2.GaussianBlur(cut, smooth, new Size(0, 0), scale * 0.4, scale * 0.4, BorderTypes.Replicate);
        Cv2.WarpAffine(scale > 1.3 ? smooth : cut, small, map, new Size(PictureWidth, PictureHeight), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, Scalar.All(255));
        var bytes = RasterMat.Bytes(small);
        var darkest = 255 - bytes.Min();
        return [.. bytes.Select(level => (255 - level) / (float)Math.Max(1, darkest))];
    }

    /// <summary>Log probabilities of <see cref="Classes"/>.</summary>
    /// <param name="picture">As <see cref="Picture(Raster, PixelBox)"/> gives it.</param>
    public double[] Read(float[] picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var input = picture.Length;
        int bias = Hidden * input, second = bias + Hidden, last = second + (Classes.Count * Hidden);
        var hidden = new float[Hidden];
        for (var h = 0; h < Hidden; h++)
            hidden[h] = Math.Max(0, _weights[bias + h] + Dot(_weights.AsSpan(h * input, input), picture));
        var scores = new double[Classes.Count];
        for (var c = 0; c < scores.Length; c++)
            scores[c] = _weights[last + c] + Dot(_weights.AsSpan(second + (c * Hidden), Hidden), hidden);
        var largest = scores.Max();
        var sum = largest + Math.Log(scores.Sum(score => Math.Exp(score - largest)));
        return [.. scores.Select(score => score - sum)];
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => System.Numerics.Tensors.TensorPrimitives.Dot(a, b);

    private static float[] Resource(string name)
    {
        using var stream = typeof(WordReader).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Resource {name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(value => (float)value)];
    }
}
