namespace EcgImageWeb.Vision.Tracing;

/// <summary>Symmetric positive definite equations with few diagonals, by L D Lᵀ (Golub and Van Loan, Matrix Computations, 4.3.5).</summary>
internal static class Banded
{
    /// <summary>Solves in time proportional to size and band squared; the matrix is overwritten, the solution stands in place of the right side.</summary>
    /// <param name="matrix">Entry (i, i + d) at i × band + d, for d from 0 below the band.</param>
    /// <param name="right">Right side.</param>
    /// <param name="band">Diagonals from the main one on.</param>
    public static void Solve(double[] matrix, double[] right, int band)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            var row = matrix.AsSpan(i * band, Math.Min(band, n - i));
            for (var d = 1; d < row.Length; d++)
            {
                var factor = row[d] / row[0];
                if (factor == 0)
                    continue;
                var lower = matrix.AsSpan((i + d) * band);
                for (var e = d; e < row.Length; e++)
                    lower[e - d] -= factor * row[e];
                right[i + d] -= factor * right[i];
            }
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var row = matrix.AsSpan(i * band, Math.Min(band, n - i));
            var sum = right[i];
            for (var d = 1; d < row.Length; d++)
                sum -= row[d] * right[i + d];
            right[i] = sum / row[0];
        }
    }
}
