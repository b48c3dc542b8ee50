using System.Runtime.InteropServices;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Geometry;

/// <summary>The spectrum of a square piece of a <see cref="GridSignal"/>, in which grid lines are peaks.</summary>
internal sealed class TileSpectrum
{
    /// <summary>Side of a tile, pixels.</summary>
    public const int Side = 128;

    /// <summary>Periods in a tile that the lines looked for may have: 2.4 to 25 pixels.</summary>
    private const double LeastPeriods = 5, MostPeriods = 54;

    /// <summary>The two families cross at right angles, to 25 degrees in perspective (its sine).</summary>
    private const double RightAngle = 0.42;

    /// <summary>Their frequencies may differ by this factor: one may show the cells of 5 mm and the other a harmonic of them.</summary>
    private const double SamePeriod = 3.3;

    /// <summary>
    /// How far a wave may be from where its neighbours have it, and how much of that in its length, of its frequency: folds turn it by 10 % from
    /// tile to tile, bends make it 3 % longer; the next harmonic of cells of 5 mm is 10 % longer where the tenth is followed.
    /// </summary>
    private const double Neighbourhood = 0.12, SameLength = 0.07;

    /// <summary>How far a wave that is passed over may be from its usual place, of its frequency: the pattern of a screen or a lens hardly changes over a picture.</summary>
    private const double SameOther = 0.12;

    private static readonly float[] Window = [.. Enumerable.Range(0, Side).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Side))))];

    private readonly float[] spectrum;

    private TileSpectrum(float[] spectrum) => this.spectrum = spectrum;

    /// <summary>The spectrum of the tile with this top left corner.</summary>
    public static TileSpectrum At(GridSignal signal, int left, int top)
    {
        var values = new float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            var row = signal.Values.AsSpan(((top + y) * signal.Width) + left, Side);
            for (var x = 0; x < Side; x++)
                values[(y * Side) + x] = row[x] * Window[x] * Window[y];
        }

        using var tile = new Mat(Side, Side, MatType.CV_32FC1);
        Marshal.Copy(values, 0, tile.Data, values.Length);
        using var transformed = new Mat();
        Cv2.Dft(tile, transformed, DftFlags.ComplexOutput);
        var spectrum = new float[2 * values.Length];
        Marshal.Copy(transformed.Data, spectrum, 0, spectrum.Length);
        return new TileSpectrum(spectrum);
    }

    /// <summary>The strongest wave and the strongest across it, the one that runs along x first; null where there are none.</summary>
    /// <param name="other">A wave that is no line of the paper's, and is passed over; null for none.</param>
    public (GridWave Across, GridWave Down)? Crossing((double Kx, double Ky)? other = null)
    {
        var usual = UsualByRadius();
        (int X, int Y, double Strength) first = default, second = default;
        Search((x, y, _) => true, ref first);
        if (first.Strength <= 0)
            return null;
        var reach = Math.Sqrt((first.X * first.X) + (first.Y * first.Y));
        Search(
            (x, y, radius) => radius < reach * SamePeriod && radius > reach / SamePeriod
                && Math.Abs((x * first.X) + (y * first.Y)) < RightAngle * radius * reach,
            ref second);
        if (second.Strength <= 0)
            return null;
        GridWave a = Wave(first.X, first.Y, first.Strength), b = Wave(second.X, second.Y, second.Strength);
        var (across, down) = Math.Abs(a.Kx) >= Math.Abs(a.Ky) ? (a, b) : (b, a);
        return (across.Kx < 0 ? Reversed(across) : across, down.Ky < 0 ? Reversed(down) : down);

        void Search(Func<int, int, double, bool> admits, ref (int X, int Y, double Strength) best)
        {
            for (var y = 0; y <= Side / 2; y++)
                for (var x = -Side / 2; x < Side / 2; x++)
                {
                    var radius = Math.Sqrt((x * x) + (y * y));
                    if (radius is < LeastPeriods or > MostPeriods || IsOf(other, x, y))
                        continue;
                    var strength = Amplitude(x, y) / usual[(int)radius];
                    if (strength > best.Strength && admits(x, y, radius))
                        best = (x, y, strength);
                }
        }
    }

    /// <summary>
    /// The wave near a frequency that is expected here. Only a peak is one: the flank of a stronger harmonic of the cells nearby would lead
    /// the count from this harmonic to that one, and every tile behind would have lines of another distance.
    /// </summary>
    public GridWave Near(double kx, double ky)
    {
        double fx = kx * Side, fy = ky * Side, radius = Math.Sqrt((fx * fx) + (fy * fy)), reach = Math.Max(1.5, Neighbourhood * radius), longer = Math.Max(1.5, SameLength * radius);
        int bestX = 0, bestY = 0;
        double best = -1, logs = 0;
        var count = 0;
        var ring = (int)Math.Ceiling(reach) + 3;
        for (var y = (int)Math.Round(fy) - ring; y <= (int)Math.Round(fy) + ring; y++)
            for (var x = (int)Math.Round(fx) - ring; x <= (int)Math.Round(fx) + ring; x++)
            {
                var power = Power(x, y);
                logs += MathF.Log(power + 1e-12f);
                count++;
                var (dx, dy) = (x - fx, y - fy);
                if (power > best && (dx * dx) + (dy * dy) <= reach * reach && Math.Abs(Math.Sqrt((x * x) + (y * y)) - radius) <= longer && IsPeak(x, y, power))
                    (bestX, bestY, best) = (x, y, power);
            }

        return best < 0 ? default : Wave(bestX, bestY, Math.Sqrt(best / Math.Exp(logs / count)));
    }

    /// <summary>Whether a bin belongs to a wave's peak, which a Hann window makes four bins wide.</summary>
    private static bool IsOf((double Kx, double Ky)? wave, int x, int y)
    {
        if (wave is not var (kx, ky))
            return false;
        double fx = kx * Side, fy = ky * Side, near = Math.Max(2.5, SameOther * Math.Sqrt((fx * fx) + (fy * fy)));
        return Math.Min(Math.Pow(x - fx, 2) + Math.Pow(y - fy, 2), Math.Pow(x + fx, 2) + Math.Pow(y + fy, 2)) < near * near;
    }

    private bool IsPeak(int x, int y, float power)
    {
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++)
                if (Power(x + dx, y + dy) > power)
                    return false;
        return true;
    }

    private static GridWave Reversed(GridWave wave) => wave with { Kx = -wave.Kx, Ky = -wave.Ky, Phase = -wave.Phase };

    /// <summary>Frequency between the bins; the phase at the tile's middle is exact at every bin of the peak, the window being symmetric.</summary>
    private GridWave Wave(int x, int y, double strength)
    {
        var i = Index(x, y);
        var phase = (Math.Atan2(spectrum[(2 * i) + 1], spectrum[2 * i]) / (2 * Math.PI)) + (((x + y) & 1) == 0 ? 0 : 0.5);
        return new GridWave(
            (x + Between(Amplitude(x - 1, y), Amplitude(x, y), Amplitude(x + 1, y))) / Side,
            (y + Between(Amplitude(x, y - 1), Amplitude(x, y), Amplitude(x, y + 1))) / Side,
            phase - Math.Round(phase), strength);
    }

    /// <summary>Place of the maximum between three bins under a Hann window.</summary>
    private static double Between(double before, double at, double after)
    {
        var ratio = Math.Max(before, after) / Math.Max(at, 1e-12);
        var offset = Math.Clamp(((2 * ratio) - 1) / (ratio + 1), 0, 0.5);
        return after > before ? offset : -offset;
    }

    /// <summary>Geometric mean of the amplitudes at each radius, which peaks hardly lift, over three radii.</summary>
    private double[] UsualByRadius()
    {
        var most = (int)MostPeriods + 3;
        var logs = new double[most];
        var counts = new int[most];
        for (var y = 0; y <= most; y++)
            for (var x = -most; x <= most; x++)
            {
                var radius = (int)Math.Sqrt((x * x) + (y * y));
                if (radius >= most)
                    continue;
                logs[radius] += 0.5 * MathF.Log(Power(x, y) + 1e-12f);
                counts[radius]++;
            }

        var usual = new double[most];
        for (var i = 0; i < most; i++)
        {
            int from = Math.Max(0, i - 1), to = Math.Min(most, i + 2);
            usual[i] = Math.Exp(logs[from..to].Sum() / counts[from..to].Sum());
        }

        return usual;
    }

    private double Amplitude(int x, int y) => Math.Sqrt(Power(x, y));

    private float Power(int x, int y)
    {
        var i = Index(x, y);
        return (spectrum[2 * i] * spectrum[2 * i]) + (spectrum[(2 * i) + 1] * spectrum[(2 * i) + 1]);
    }

    private static int Index(int x, int y) => ((y & (Side - 1)) * Side) + (x & (Side - 1));
}
