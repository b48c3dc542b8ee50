namespace EcgImageWeb.Vision.Geometry;

/// <summary>Picture to grid for flat paper: lines across are (a x + b y + c) / (g x + h y + 1), lines down (d x + e y + f) / (same).</summary>
internal sealed record GridHomography(double A, double B, double C, double D, double E, double F, double G, double H)
{
    /// <summary>Residuals beyond this many times their median count little (Cauchy's weights).</summary>
    private const double Outlier = 2.5;

    private const int Rounds = 6;

    /// <summary>A page that lies straight in the picture.</summary>
    public static GridHomography Straight(double linesAPixelX, double linesAPixelY) => new(linesAPixelX, 0, 0, 0, linesAPixelY, 0, 0, 0);

    /// <summary>Robust linear fit to counted lines; both families share the perspective.</summary>
    public static GridHomography Fit(IReadOnlyList<GridPoint> across, IReadOnlyList<GridPoint> down)
    {
        var all = across.Concat(down).ToArray();
        double cx = all.Average(p => p.X), cy = all.Average(p => p.Y), size = Math.Max(1, all.Max(p => Math.Max(Math.Abs(p.X - cx), Math.Abs(p.Y - cy))));
        double span = Math.Max(1, all.Max(p => Math.Abs(p.Lines)));
        var weights = Enumerable.Repeat(1.0, all.Length).ToArray();
        double[] h = [];
        Span<double> row = stackalloc double[8];
        for (var round = 0; round < Rounds; round++)
        {
            var matrix = new double[8][];
            var right = new double[8];
            for (var i = 0; i < 8; i++)
                matrix[i] = new double[8];
            for (var i = 0; i < all.Length; i++)
            {
                double x = (all[i].X - cx) / size, y = (all[i].Y - cy) / size, value = all[i].Lines / span;
                row.Clear();
                var first = i < across.Count ? 0 : 3;
                (row[first], row[first + 1], row[first + 2], row[6], row[7]) = (x, y, 1, -value * x, -value * y);
                var weight = weights[i] * all[i].Weight;
                for (var r = 0; r < 8; r++)
                {
                    right[r] += weight * row[r] * value;
                    for (var c = 0; c <= r; c++)
                        matrix[r][7 - r + c] += weight * row[r] * row[c];
                }
            }

            for (var i = 0; i < 8; i++)
                matrix[i][7] += 1e-10;
            h = BandedCholesky.Solve(matrix, right);
            var residuals = all.Select((p, i) =>
            {
                double x = (p.X - cx) / size, y = (p.Y - cy) / size;
                var first = i < across.Count ? 0 : 3;
                return Math.Abs((((h[first] * x) + (h[first + 1] * y) + h[first + 2]) / ((h[6] * x) + (h[7] * y) + 1)) - (p.Lines / span));
            }).ToArray();
            var usual = Math.Max(residuals.Order().ElementAt(residuals.Length / 2) * Outlier, 1e-5);
            for (var i = 0; i < all.Length; i++)
                weights[i] = 1 / (1 + (residuals[i] * residuals[i] / (usual * usual)));
        }

        // Back from normalized coordinates; the denominator's constant becomes 1.
        double g = h[6] / size, k = h[7] / size, one = 1 - (g * cx) - (k * cy);
        double Along(int i) => h[i] / size * span / one;
        double Constant(int i) => (h[i + 2] - (h[i] / size * cx) - (h[i + 1] / size * cy)) * span / one;
        return new GridHomography(Along(0), Along(1), Constant(0), Along(3), Along(4), Constant(3), g / one, k / one);
    }

    /// <summary>Lines across and down at a place of the picture, and the common denominator.</summary>
    public (double Across, double Down, double Depth) At(double x, double y)
    {
        var depth = (G * x) + (H * y) + 1;
        return (((A * x) + (B * y) + C) / depth, ((D * x) + (E * y) + F) / depth, depth);
    }

    /// <summary>The place in the picture of a place in the grid.</summary>
    public (double X, double Y) Back(double across, double down)
    {
        // (A - G u) x + (B - H u) y = u - C, the same for v.
        double a = A - (G * across), b = B - (H * across), c = across - C, d = D - (G * down), e = E - (H * down), f = down - F;
        var determinant = (a * e) - (b * d);
        return (((c * e) - (b * f)) / determinant, ((a * f) - (c * d)) / determinant);
    }

    /// <summary>Change of both counts a pixel.</summary>
    public (double AcrossX, double AcrossY, double DownX, double DownY) Slope(double x, double y)
    {
        var (u, v, depth) = At(x, y);
        return ((A - (G * u)) / depth, (B - (H * u)) / depth, (D - (G * v)) / depth, (E - (H * v)) / depth);
    }
}
