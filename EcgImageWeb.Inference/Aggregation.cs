namespace EcgImageWeb.Inference;

/// <summary>
/// From the class probabilities of a page's leads to those of the page. With p[l, c] the probability
/// of class c in lead l, L leads and C classes:
/// <list type="bullet">
/// <item><b>mean</b>: P[c] = sum over l of p[l, c] / L.</item>
/// <item><b>majority</b>: P[c] = share of leads whose most probable class is c; classes with equally
/// many votes are ranked by their mean probability.</item>
/// <item><b>confidence</b>: P[c] = sum over l of w[l] p[l, c] / sum over l of w[l], with
/// w[l] = 1 - H(p[l]) / ln C, one minus the normalised Shannon entropy: 1 for a lead that is certain,
/// 0 for one that knows nothing. Where no lead knows anything, this is the mean.</item>
/// <item><b>maximum</b>: P[c] = max over l of p[l, c], divided by the sum of these over c.</item>
/// </list>
/// The page's class is the largest P[c]. What is still equal, in a lead or on the page, goes to the
/// class that comes first in the labels.
/// </summary>
public static class Aggregation
{
    // Weights below this are rounding of uniform probabilities (float32 has 1.2e-7), not confidence.
    private const double NoConfidence = 1e-6;

    // Differences of this size between sums of float32 probabilities are rounding: such classes are tied.
    private const double Tie = 1e-9;

    /// <summary>
    /// What is used unless asked otherwise: in cross-validation over 391 pages the maximum is best for both models of single leads (crnn 82.9 %
    /// of pages right against 80.6 with the mean, cnn 78.3 against 77.2), and on the validation pages too (docs/image-models.md).
    /// </summary>
    public const AggregationMethod Default = AggregationMethod.Maximum;

    /// <summary>All methods, in the order in which they are offered.</summary>
    public static IReadOnlyList<AggregationMethod> Methods { get; } = Enum.GetValues<AggregationMethod>();

    /// <summary>The method's name in commands, settings and <c>analysis.json</c>: <c>mean</c>, <c>majority</c>, <c>confidence</c>, <c>maximum</c>.</summary>
    public static string NameOf(AggregationMethod method) => method switch
    {
        AggregationMethod.Mean => "mean",
        AggregationMethod.Majority => "majority",
        AggregationMethod.Confidence => "confidence",
        AggregationMethod.Maximum => "maximum",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such aggregation."),
    };

    /// <summary>The method of that name (see <see cref="NameOf"/>), any case; null where there is none.</summary>
    public static AggregationMethod? Parse(string name)
    {
        foreach (var method in Methods)
            if (string.Equals(NameOf(method), name, StringComparison.OrdinalIgnoreCase))
                return method;
        return null;
    }

    /// <summary>Combines the leads of one page.</summary>
    /// <param name="leads">One row a lead, at least one; each row one probability a class, summing to 1.</param>
    /// <param name="method">How.</param>
    /// <exception cref="ArgumentException">No lead, no class, or rows of different length.</exception>
    public static PageVote Combine(IReadOnlyList<float[]> leads, AggregationMethod method)
    {
        ArgumentNullException.ThrowIfNull(leads);
        if (leads.Count == 0 || leads[0].Length == 0)
            throw new ArgumentException("A page needs at least one lead with at least one class.", nameof(leads));
        if (leads.Any(lead => lead.Length != leads[0].Length))
            throw new ArgumentException("Every lead needs the same classes.", nameof(leads));

        var tops = leads.Select(TopOf).ToArray();
        var mean = WeightedMean(leads, _ => 1);
        var probabilities = method switch
        {
            AggregationMethod.Mean => mean,
            AggregationMethod.Majority => Normalised([.. mean.Select((_, c) => (double)tops.Count(top => top == c))]),
            AggregationMethod.Confidence => leads.Any(lead => Confidence(lead) > NoConfidence) ? WeightedMean(leads, Confidence) : mean,
            AggregationMethod.Maximum => Normalised([.. mean.Select((_, c) => (double)leads.Max(lead => lead[c]))]),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such aggregation."),
        };
        var page = 0;
        for (var c = 1; c < mean.Length; c++)
        {
            var lead = probabilities[c] - probabilities[page];
            var tied = Math.Abs(lead) <= Tie;
            if (tied ? method == AggregationMethod.Majority && mean[c] > mean[page] + Tie : lead > 0)
                page = c;
        }
        return new PageVote(method, probabilities, page, (double)tops.Count(top => top == page) / tops.Length);
    }

    /// <summary>The same leads by every method, in the order of <see cref="Methods"/>.</summary>
    /// <inheritdoc cref="Combine" path="/param[@name='leads']"/>
    /// <inheritdoc cref="Combine" path="/exception"/>
    public static IReadOnlyList<PageVote> CombineAll(IReadOnlyList<float[]> leads) =>
        [.. Methods.Select(method => Combine(leads, method))];

    private static int TopOf(float[] lead) => lead.AsSpan().IndexOf(lead.Max());

    private static double Confidence(float[] lead)
    {
        if (lead.Length == 1)
            return 1;
        var entropy = lead.Sum(p => p > 0 ? -p * Math.Log(p) : 0);
        return Math.Max(0, 1 - entropy / Math.Log(lead.Length));
    }

    private static double[] WeightedMean(IReadOnlyList<float[]> leads, Func<float[], double> weight)
    {
        var sum = new double[leads[0].Length];
        foreach (var lead in leads)
        {
            var w = weight(lead);
            for (var c = 0; c < sum.Length; c++)
                sum[c] += w * lead[c];
        }
        return Normalised(sum);
    }

    private static double[] Normalised(double[] values)
    {
        var total = values.Sum();
        return [.. values.Select(value => value / total)];
    }
}
