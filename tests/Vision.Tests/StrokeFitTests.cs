using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public sealed class StrokeFitTests
{
    private const double Half = 0.7, StepPx = 0.4;

    [Fact]
    public void Equations_of_few_diagonals_are_solved()
    {
        const int Size = 40, Band = 5;
        var random = new Random(1);
        var matrix = new double[Size * Band];
        for (var i = 0; i < Size; i++)
            for (var d = 0; d < Band; d++)
                matrix[(i * Band) + d] = d == 0 ? 2 * Band : random.NextDouble() - 0.5;
        double[] wanted = [.. Enumerable.Range(0, Size).Select(_ => random.NextDouble())], right = new double[Size];
        for (var i = 0; i < Size; i++)
            for (var k = Math.Max(0, i - Band + 1); k < Math.Min(Size, i + Band); k++)
                right[i] += matrix[(Math.Min(i, k) * Band) + Math.Abs(i - k)] * wanted[k];

        Banded.Solve(matrix, right, Band);

        for (var i = 0; i < Size; i++)
            Assert.Equal(wanted[i], right[i], 1e-9);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.8)]
    public void A_stroke_leaves_as_much_ink_as_it_is_wide(double softness)
    {
        var pen = new Stroke(Half, softness, 1);
        for (var upper = 10.0; upper < 11; upper += 0.13)
            Assert.Equal(2 * Half, Enumerable.Range(0, 40).Sum(y => pen.Edge(y + 0.5 - upper) - pen.Edge(y + 0.5 - upper - (2 * Half))), 0.03);
        Assert.Equal(1, Enumerable.Range(0, pen.LinesPerPx + (2 * pen.LinesBeside)).Sum(pen.Weight), 1e-9);
    }

    [Fact]
    public void Flanks_that_run_into_one_blob_are_told_apart()
    {
        // Three samples up and three down within 2.4 pixels, as a noisy QRS is printed on a coarse page.
        double[] truth = [.. Enumerable.Range(0, 120).Select(k => 20 + (k is > 40 and < 80 ? (k % 6 < 3 ? -3.0 : 3) : 0))];
        var ink = Drawn(truth, 48, 40);
        double[] start = [.. truth.Select(row => 20 + (0.7 * (row - 20)))];

        var byDistance = Curve(start);
        var near = new CurveFit(ink, new byte[ink.Amount.Length], 1, byDistance);
        for (var step = 0; step < 30; step++)
            near.Step(new Pen(Half, 0.2, 1), 1);
        var byCover = Curve(start);
        new StrokeFit(ink, new byte[ink.Amount.Length], 1, byCover, 0.001).Settle(new Stroke(Half, 0.05, 1), 30);

        Assert.InRange(Error(byCover), 0, 0.35);
        Assert.True(Error(byCover) < Error(byDistance) / 2, $"{Error(byCover)} against {Error(byDistance)}");

        double Error(PenCurve curve) => Math.Sqrt(curve.Row.Zip(truth, (row, real) => (row - real) * (row - real)).Skip(10).SkipLast(10).Average());
    }

    [Fact]
    public void The_pen_is_measured_on_the_page()
    {
        double[] truth = [.. Enumerable.Range(0, 400).Select(k => 20 + (6 * Math.Sin(k / 9.0)))];
        var ink = Drawn(truth, 160, 40);

        var (pen, noise) = StrokeGauge.Best([new StrokeFit(ink, new byte[ink.Amount.Length], 1, Curve(truth), 0, 4..150)], new Stroke(1.1, 0.3, 0.8), TestContext.Current.CancellationToken);

        Assert.InRange(pen.HalfWidth, Half - 0.04, Half + 0.04);
        Assert.InRange(pen.Darkness, 0.96, 1.04);
        Assert.InRange(noise, 0, 0.001);
    }

    private static PenCurve Curve(double[] rows) => new(0, StepPx, [.. rows], [.. rows.Select(_ => 1.0)]);

    /// <summary>A round pen of <see cref="Half"/> width along the rows, by counting 12 by 12 points of every pixel.</summary>
    private static InkImage Drawn(double[] rows, int width, int height)
    {
        const int Points = 12;
        var amount = new float[width * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var point = 0; point < Points * Points; point++)
                    if (IsInked(x + (((point % Points) + 0.5) / Points), y + (((point / Points) + 0.5) / Points)))
                        amount[(y * width) + x] += 1f / (Points * Points);
        return new InkImage(width, height, amount) { Hidden = new bool[amount.Length] };

        bool IsInked(double x, double y)
        {
            for (var k = Math.Max(0, (int)((x - Half) / StepPx)); k + 1 < rows.Length && k * StepPx < x + Half; k++)
            {
                double rise = rows[k + 1] - rows[k], across = x - (k * StepPx), down = y - rows[k];
                var t = Math.Clamp(((across * StepPx) + (down * rise)) / ((StepPx * StepPx) + (rise * rise)), 0, 1);
                if (Math.Pow(across - (t * StepPx), 2) + Math.Pow(down - (t * rise), 2) < Half * Half)
                    return true;
            }

            return false;
        }
    }
}
