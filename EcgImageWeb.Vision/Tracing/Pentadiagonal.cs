namespace EcgImageWeb.Vision.Tracing;

/// <summary>Symmetric positive definite equations with five diagonals, by L D Lᵀ (Golub and Van Loan, Matrix Computations, 4.3.5).</summary>
internal static class Pentadiagonal
{
    /// <summary>Solves in time proportional to the size; all but the solution are overwritten.</summary>
    /// <param name="main">The diagonal.</param>
    /// <param name="next">Entries (i, i + 1).</param>
    /// <param name="second">Entries (i, i + 2).</param>
    /// <param name="right">Right side.</param>
    /// <param name="solution">Of the same length.</param>
    public static void Solve(Span<double> main, Span<double> next, Span<double> second, Span<double> right, Span<double> solution)
    {
        var n = main.Length;
        for (var i = 0; i < n; i++)
        {
            if (i + 1 < n)
            {
                var l = next[i] / main[i];
                main[i + 1] -= l * next[i];
                if (i + 2 < n)
                    next[i + 1] -= l * second[i];
                right[i + 1] -= l * right[i];
                next[i] = l;
            }

            if (i + 2 < n)
            {
                var l = second[i] / main[i];
                main[i + 2] -= l * second[i];
                right[i + 2] -= l * right[i];
                second[i] = l;
            }
        }

        for (var i = n - 1; i >= 0; i--)
            solution[i] = (right[i] / main[i]) - (i + 1 < n ? next[i] * solution[i + 1] : 0) - (i + 2 < n ? second[i] * solution[i + 2] : 0);
    }
}
