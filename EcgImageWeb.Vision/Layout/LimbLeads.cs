using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>
/// The limb leads are two signals drawn six times: I + III = II (Einthoven) and aVR + aVL + aVF = 0 (Goldberger). Where three
/// of them stand at the same time, their traces say whether the names are theirs.
/// </summary>
internal static class LimbLeads
{
    /// <summary>Residue as a share of the three leads above which they are others, and below which they are surely these.</summary>
    public const double Others = 0.6, Surely = 0.33;

    /// <summary>Columns at the ends, where ticks and names are drawn, canvas pixels; and the fewest that tell.</summary>
    private const int End = 10, Fewest = 100;

    private static readonly (string Lead, double Weight)[][] Equations = [[("I", 1), ("III", 1), ("II", -1)], [("aVR", 1), ("aVL", 1), ("aVF", 1)]];

    /// <summary>The same for the columns of Cabrera's order, of which each shows leads of both.</summary>
    private static readonly (string Lead, double Weight)[][] CabreraEquations = [[("aVL", 1), ("aVR", -1), ("I", -1.5)], [("II", 1), ("III", 1), ("aVF", -2)]];

    /// <summary>
    /// Residue of each equation, 0 where it holds to about 1 where it does not; no entry for leads that are not shown at one time.
    /// </summary>
    /// <param name="format">The page's format.</param>
    /// <param name="ink">Its followed strips, in the format's order.</param>
    /// <param name="simultaneous">Whether all columns begin at the same time.</param>
    public static IReadOnlyList<(string[] Leads, double Residue)> Residues(PageFormat format, TraceInk ink, bool simultaneous)
    {
        var found = Of(Equations, format, ink, simultaneous);
        return found.Count > 0 ? found : Of(CabreraEquations, format, ink, simultaneous);
    }

    /// <summary>Whether equations could be asked, and say that the names are right.</summary>
    public static bool AddUp(IReadOnlyList<(string[] Leads, double Residue)> residues) =>
        residues.Count > 0 && residues.All(equation => equation.Residue <= Others) && residues.Average(equation => equation.Residue) <= Surely;

    private static List<(string[] Leads, double Residue)> Of((string Lead, double Weight)[][] equations, PageFormat format, TraceInk ink, bool simultaneous)
    {
        var names = format.Leads.Select(lead => lead.TrimStart('-')).ToList();
        var found = new List<(string[], double)>();
        foreach (var equation in equations)
        {
            var places = equation.Select(term => names.IndexOf(term.Lead)).ToArray();
            if (places.Any(place => place < 0) || (!simultaneous && places.Select(place => place / format.Rows).Distinct().Count() > 1))
                continue;
            var rows = places.Select((place, k) => Level(ink, place, equation[k].Weight * (format.Leads[place][0] == '-' ? -1 : 1))).ToArray();
            var count = rows.Min(row => row.Length);
            if (count >= Fewest)
                found.Add(([.. equation.Select(term => term.Lead)], Residue(rows, count)));
        }

        return found;
    }

    private static double[] Level(TraceInk ink, int strip, double weight)
    {
        var rows = TraceCurve.Rows(ink.Tops[strip], ink.Bottoms[strip]);
        return rows.Length <= 2 * End || double.IsNaN(rows[0]) ? [] : [.. rows[End..^End].Select(row => weight * row)];
    }

    private static double Residue(double[][] rows, int count)
    {
        var means = rows.Select(row => row[..count].Average()).ToArray();
        double residue = 0, own = 0;
        for (var i = 0; i < count; i++)
        {
            double sum = 0;
            for (var k = 0; k < rows.Length; k++)
            {
                var value = rows[k][i] - means[k];
                sum += value;
                own += value * value;
            }

            residue += sum * sum;
        }

        return own == 0 ? 1 : Math.Sqrt(residue / own);
    }
}
