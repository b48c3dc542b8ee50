using EcgImageWeb.Inference;

namespace EcgImageWeb.Training.Models;

/// <summary>What a model answered for one page it did not learn from.</summary>
/// <param name="Page">The page's name.</param>
/// <param name="Group">Its group.</param>
/// <param name="Truth">Its true class.</param>
/// <param name="Rows">Class probabilities, one row an example of the page: thirteen leads, or the page itself.</param>
public sealed record PagePrediction(string Page, string Group, int Truth, float[][] Rows)
{
    /// <summary>The page's class.</summary>
    /// <param name="method">How leads are combined; of no effect where there is one row.</param>
    public int Class(AggregationMethod method) => Aggregation.Combine(Rows, method).ClassIndex;

    /// <summary>The page's probabilities, as <see cref="Class"/>.</summary>
    /// <param name="method">How leads are combined.</param>
    public double[] Probabilities(AggregationMethod method) => Rows.Length == 1 ? Array.ConvertAll(Rows[0], value => (double)value) : [.. Aggregation.Combine(Rows, method).Probabilities];
}
