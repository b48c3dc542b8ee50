namespace EcgImageWeb.Vision.Geometry;

/// <summary>Solves A x = b for a symmetric positive definite A whose entries lie within a band about the diagonal.</summary>
internal static class BandedCholesky
{
    /// <summary>The solution; the lower band is overwritten by the factor.</summary>
    /// <param name="band">Row i holds A[i, i - width .. i] in its <c>width + 1</c> values.</param>
    /// <param name="right">b.</param>
    public static double[] Solve(double[][] band, double[] right)
    {
        var width = band[0].Length - 1;
        for (var i = 0; i < band.Length; i++)
        {
            var row = band[i];
            for (var j = Math.Max(0, i - width); j <= i; j++)
            {
                var other = band[j];
                var from = Math.Max(0, i - width);
                double sum = row[j - i + width];
                for (var k = from; k < j; k++)
                    if (k >= j - width)
                        sum -= row[k - i + width] * other[k - j + width];
                row[j - i + width] = j < i ? sum / other[width] : Math.Sqrt(Math.Max(sum, 1e-12));
            }
        }

        var solution = (double[])right.Clone();
        for (var i = 0; i < band.Length; i++)
        {
            for (var k = Math.Max(0, i - width); k < i; k++)
                solution[i] -= band[i][k - i + width] * solution[k];
            solution[i] /= band[i][width];
        }

        for (var i = band.Length - 1; i >= 0; i--)
        {
            solution[i] /= band[i][width];
            for (var k = Math.Max(0, i - width); k < i; k++)
                solution[k] -= band[i][k - i + width] * solution[i];
        }

        return solution;
    }
}
