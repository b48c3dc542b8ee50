namespace EcgImageWeb.Vision.Geometry;

/// <summary>
/// A surface over a rectangle that follows scattered values and is as little bent as they allow: uniform cubic B-splines,
/// penalized least squares (P-splines, Eilers and Marx 1996).
/// </summary>
internal sealed class SmoothSurface
{
    private readonly double spacing;
    private readonly int columns, rows;
    private readonly double[] coefficients;

    private SmoothSurface(double spacing, int columns, int rows, double[] coefficients) =>
        (this.spacing, this.columns, this.rows, this.coefficients) = (spacing, columns, rows, coefficients);

    /// <summary>Fits values at places in 0..width x 0..height.</summary>
    /// <param name="points">Places and weights; <see cref="GridPoint.Lines"/> is the value.</param>
    /// <param name="width">Extent.</param>
    /// <param name="height">Extent.</param>
    /// <param name="spacing">Distance of the spline's knots.</param>
    /// <param name="stiffness">Weight of a squared second difference of neighbouring coefficients, of the mean weight of the points around a knot.</param>
    public static SmoothSurface Fit(IReadOnlyList<GridPoint> points, double width, double height, double spacing, double stiffness)
    {
        int columns = (int)Math.Ceiling(width / spacing) + 3, rows = (int)Math.Ceiling(height / spacing) + 3;
        // Coefficients run along the shorter side, which keeps the band narrow.
        var tall = rows < columns;
        var (along, lines) = tall ? (rows, columns) : (columns, rows);
        var band = new double[along * lines][];
        var reach = (3 * along) + 3;
        for (var i = 0; i < band.Length; i++)
            band[i] = new double[reach + 1];
        var right = new double[band.Length];
        int At(int column, int row) => tall ? (column * along) + row : (row * along) + column;
        void Add(int i, int j, double value)
        {
            if (j <= i)
                band[i][j - i + reach] += value;
        }

        Span<double> wx = stackalloc double[4], wy = stackalloc double[4];
        Span<int> index = stackalloc int[16];
        Span<double> weight = stackalloc double[16];
        double total = 0;
        var touched = new HashSet<int>();
        foreach (var point in points)
        {
            var (column, row) = (Cell(point.X, spacing, columns, wx), Cell(point.Y, spacing, rows, wy));
            touched.Add((row * columns) + column);
            total += point.Weight;
            for (var k = 0; k < 16; k++)
                (index[k], weight[k]) = (At(column + (k & 3), row + (k >> 2)), wx[k & 3] * wy[k >> 2]);
            for (var i = 0; i < 16; i++)
            {
                right[index[i]] += point.Weight * weight[i] * point.Lines;
                for (var j = 0; j < 16; j++)
                    Add(index[i], index[j], point.Weight * weight[i] * weight[j]);
            }
        }

        var stiff = stiffness * total / Math.Max(1, touched.Count);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var at = At(column, row);
                Add(at, at, 1e-7 * (stiff + 1e-9));
                if (column >= 2)
                    Bend(at, At(column - 1, row), At(column - 2, row), 1);
                if (row >= 2)
                    Bend(at, At(column, row - 1), At(column, row - 2), 1);
                if (column >= 1 && row >= 1)
                    Twist(at, At(column - 1, row), At(column, row - 1), At(column - 1, row - 1));
            }

        return new SmoothSurface(spacing, columns, rows, Reordered(BandedCholesky.Solve(band, right)));

        void Bend(int a, int b, int c, double factor) => Penalty([(a, 1), (b, -2), (c, 1)], factor);
        void Twist(int a, int b, int c, int d) => Penalty([(a, 1), (b, -1), (c, -1), (d, 1)], 2);

        void Penalty(ReadOnlySpan<(int At, double Factor)> terms, double factor)
        {
            foreach (var (i, f) in terms)
                foreach (var (j, g) in terms)
                    Add(i, j, stiff * factor * f * g);
        }

        double[] Reordered(double[] solved)
        {
            var ordered = new double[solved.Length];
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    ordered[(row * columns) + column] = solved[At(column, row)];
            return ordered;
        }
    }

    /// <summary>The surface's height; outside of the rectangle it goes on as at its border.</summary>
    public double At(double x, double y)
    {
        Span<double> wx = stackalloc double[4], wy = stackalloc double[4];
        var (column, row) = (Cell(x, spacing, columns, wx), Cell(y, spacing, rows, wy));
        double sum = 0;
        for (var j = 0; j < 4; j++)
        {
            var from = ((row + j) * columns) + column;
            sum += wy[j] * ((wx[0] * coefficients[from]) + (wx[1] * coefficients[from + 1]) + (wx[2] * coefficients[from + 2]) + (wx[3] * coefficients[from + 3]));
        }

        return sum;
    }

    private static int Cell(double x, double spacing, int count, Span<double> weights)
    {
        var at = Math.Clamp(x / spacing, 0, count - 3);
        var cell = Math.Min((int)at, count - 4);
        var t = at - cell;
        double t2 = t * t, t3 = t2 * t, s = 1 - t;
        weights[0] = s * s * s / 6;
        weights[1] = ((3 * t3) - (6 * t2) + 4) / 6;
        weights[2] = ((-3 * t3) + (3 * t2) + (3 * t) + 1) / 6;
        weights[3] = t3 / 6;
        return cell;
    }
}
