using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// Reads a printed word: its picture, made as large as the network wants it, through two convolutions of stride 2 and two dense layers.
/// Trained on drawn words (<c>ecg train words</c>): those that are to be read in many fonts, other words and pieces of traces.
/// </summary>
public sealed class WordReader
{
    /// <summary>Rows of the network's picture.</summary>
    public const int PictureHeight = 20;

    /// <summary>Rows above and below a word, as a share of its height.</summary>
    public const double Margin = 0.12;

    /// <summary>Side of the first and the second convolution's kernels, and their channels; each halves the picture.</summary>
    public const int FirstKernel = 5, SecondKernel = 3, FirstChannels = 16, SecondChannels = 24;

    /// <summary>Units of the dense layer between.</summary>
    public const int Hidden = 64;

    /// <summary>What a lead's name can be: the twelve leads, and anything else.</summary>
    public static readonly IReadOnlyList<string> LeadClasses = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", ""];

    /// <summary>What a line of text about speed or amplitude can begin with, millimetres a second or a millivolt, and anything else.</summary>
    public static readonly IReadOnlyList<string> ScaleClasses = ["25mm", "50mm", "5mm", "10mm", "20mm", ""];

    /// <summary>Columns of the pictures of both kinds: AVR in a wide font; "25.0 mm".</summary>
    private const int LeadWidth = 56, ScaleWidth = 72;

    private static readonly Lazy<WordReader> ShippedLeads = new(() => OfLeads(Resource("lead-words.bin")));

    private static readonly Lazy<WordReader> ShippedScales = new(() => OfScales(Resource("scale-words.bin")));

    private readonly Layer _first, _second, _third, _last;

    private WordReader(IReadOnlyList<string> classes, int width, bool isBeginning, float[]? weights)
    {
        (Classes, PictureWidth, IsBeginning) = (classes, width, isBeginning);
        weights ??= new float[WeightCount];
        if (weights.Length != WeightCount)
            throw new ArgumentException($"This reader has {WeightCount} weights, not {weights.Length}.", nameof(weights));
        var at = 0;
        _first = Layer.Take(weights, ref at, FirstChannels, 1, FirstKernel * FirstKernel);
        _second = Layer.Take(weights, ref at, SecondChannels, FirstChannels, SecondKernel * SecondKernel);
        _third = Layer.Take(weights, ref at, Hidden, SecondChannels, Cells);
        _last = Layer.Take(weights, ref at, classes.Count, 1, Hidden);
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
    public int WeightCount =>
        (FirstChannels * ((FirstKernel * FirstKernel) + 1)) + (SecondChannels * ((FirstChannels * SecondKernel * SecondKernel) + 1))
        + (Hidden * ((SecondChannels * Cells) + 1)) + (Classes.Count * (Hidden + 1));

    /// <summary>Places that the second convolution leaves.</summary>
    private int Cells => PictureHeight / 4 * (PictureWidth / 4);

    /// <summary>A reader of lead names.</summary>
    /// <param name="weights">Of every layer its weights and biases, as LibTorch has them (outputs x inputs x rows x columns); null for zeros.</param>
    public static WordReader OfLeads(float[]? weights) => new(LeadClasses, LeadWidth, false, weights);

    /// <summary>A reader of speed and amplitude.</summary>
    /// <param name="weights">As for lead names.</param>
    public static WordReader OfScales(float[]? weights) => new(ScaleClasses, ScaleWidth, true, weights);

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
        var first = Convolved(picture, PictureHeight, PictureWidth, 1, FirstKernel, _first);
        var second = Convolved(first, PictureHeight / 2, PictureWidth / 2, FirstChannels, SecondKernel, _second);
        var hidden = new float[Hidden];
        _third.Apply(second, hidden);
        Rectify(hidden);
        var outputs = new float[Classes.Count];
        _last.Apply(hidden, outputs);
        double largest = outputs.Max(), sum = largest + Math.Log(outputs.Sum(output => Math.Exp(output - largest)));
        return [.. outputs.Select(output => output - sum)];
    }

    /// <summary>A convolution of stride 2, padded by half a kernel, and ReLU; rows x columns x channels in and out.</summary>
    private static float[] Convolved(float[] input, int rows, int columns, int channels, int kernel, Layer layer)
    {
        int half = kernel / 2, outColumns = columns / 2, outChannels = layer.Outputs;
        var output = new float[rows / 2 * outColumns * outChannels];
        var patch = new float[kernel * kernel * channels];
        for (var y = 0; y < rows / 2; y++)
            for (var x = 0; x < outColumns; x++)
            {
                int left = (2 * x) - half, from = Math.Max(0, left), to = Math.Min(columns, left + kernel);
                Array.Clear(patch);
                for (var k = 0; k < kernel; k++)
                    if ((2 * y) - half + k is var row && row >= 0 && row < rows)
                        input.AsSpan(((row * columns) + from) * channels, (to - from) * channels).CopyTo(patch.AsSpan(((k * kernel) + from - left) * channels));
                layer.Apply(patch, output.AsSpan(((y * outColumns) + x) * outChannels, outChannels));
            }

        Rectify(output);
        return output;
    }

    private static void Rectify(float[] values) => TensorPrimitives.Max(values, 0f, values);

    /// <summary>Weights of some outputs, eight of them side by side: for every input (places x channels) one vector; and their biases.</summary>
    private sealed record Layer(int Outputs, Vector256<float>[] Weights, Vector256<float>[] Biases)
    {
        /// <summary>The next layer of weights that are stored channels first.</summary>
        public static Layer Take(float[] stored, ref int at, int outputs, int channels, int places)
        {
            var (begin, inputs, blocks) = (at, channels * places, (outputs + Vector256<float>.Count - 1) / Vector256<float>.Count);
            at += outputs * (inputs + 1);
            float Weight(int output, int input) => output < outputs ? stored[begin + (((output * channels) + (input % channels)) * places) + (input / channels)] : 0;
            float Bias(int output) => output < outputs ? stored[begin + (outputs * inputs) + output] : 0;
            return new Layer(outputs, [.. Enumerable.Range(0, blocks * inputs).Select(i => Eight(i / inputs, output => Weight(output, i % inputs)))], [.. Enumerable.Range(0, blocks).Select(block => Eight(block, Bias))]);
        }

        private static Vector256<float> Eight(int block, Func<int, float> value) =>
            Vector256.Create([.. Enumerable.Range(block * Vector256<float>.Count, Vector256<float>.Count).Select(value)]);

        public void Apply(ReadOnlySpan<float> input, Span<float> output)
        {
            Span<float> eight = stackalloc float[Vector256<float>.Count];
            for (var block = 0; block < Biases.Length; block++)
            {
                var weights = Weights.AsSpan(block * input.Length, input.Length);
                // Four sums at once: one would wait for itself.
                var (a, b, c, d) = (Biases[block], Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
                var i = 0;
                for (; i + 4 <= input.Length; i += 4)
                {
                    a += weights[i] * input[i];
                    b += weights[i + 1] * input[i + 1];
                    c += weights[i + 2] * input[i + 2];
                    d += weights[i + 3] * input[i + 3];
                }

                for (; i < input.Length; i++)
                    a += weights[i] * input[i];
                (a + b + c + d).CopyTo(eight);
                eight[..Math.Min(eight.Length, Outputs - (block * eight.Length))].CopyTo(output[(block * eight.Length)..]);
            }
        }
    }

    private static float[] Resource(string name)
    {
        using var stream = typeof(WordReader).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Resource {name} is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(value => (float)value)];
    }
}
