namespace EcgImageWeb.Training.Evaluation;

/// <summary>Whether probabilities mean what they say, and the one number that corrects them (Guo, Pleiss, Sun and Weinberger 2017).</summary>
public static class Calibration
{
    /// <summary>
    /// Expected calibration error: examples are put into bins of equal width by the probability of their answer; the mean, over examples,
    /// of the distance between a bin's mean probability and its share of right answers.
    /// </summary>
    /// <param name="probabilities">Probabilities of each example.</param>
    /// <param name="truth">True class of each.</param>
    /// <param name="bins">Number of bins.</param>
    /// <returns>0 (calibrated) to 1.</returns>
    public static double ExpectedError(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truth, int bins = 15)
    {
        var (count, confidence, right) = (new int[bins], new double[bins], new int[bins]);
        for (var index = 0; index < truth.Count; index++)
        {
            var sure = probabilities[index].Max();
            var bin = Math.Min((int)(sure * bins), bins - 1);
            count[bin]++;
            confidence[bin] += sure;
            if (probabilities[index][truth[index]] == sure) right[bin]++;
        }

        return Enumerable.Range(0, bins).Sum(bin => Math.Abs(confidence[bin] - right[bin])) / Math.Max(1, truth.Count);
    }

    /// <summary>What a probability is taken for at least when its logarithm is needed.</summary>
    public const float SmallestProbability = 1e-7f;

    /// <summary>Probabilities with another temperature: softmax of their logarithms divided by it.</summary>
    /// <param name="probabilities">Probabilities, summing to 1.</param>
    /// <param name="temperature">Above 0; 1 changes nothing.</param>
    public static double[] Tempered(IReadOnlyList<double> probabilities, double temperature)
    {
        var powers = probabilities.Select(value => Math.Exp(Math.Log(Math.Max(value, SmallestProbability)) / temperature)).ToArray();
        var total = powers.Sum();
        return Array.ConvertAll(powers, power => power / total);
    }

    /// <summary>The temperature that makes the mean negative log-likelihood smallest, by golden section on its logarithm.</summary>
    /// <param name="probabilities">Probabilities of each example, of pages the model did not learn from.</param>
    /// <param name="truth">True class of each.</param>
    /// <returns>0.1 to 10.</returns>
    public static double FitTemperature(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truth)
    {
        double Cost(double logarithm) => truth.Select((label, index) => -Math.Log(Math.Max(Tempered(probabilities[index], Math.Exp(logarithm))[label], SmallestProbability))).Average();

        var (low, high) = (Math.Log(0.1), Math.Log(10));
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (costLeft, costRight) = (Cost(left), Cost(right));
        while (high - low > 1e-4)
        {
            if (costLeft < costRight)
            {
                (high, right, costRight) = (right, left, costLeft);
                left = high - ratio * (high - low);
                costLeft = Cost(left);
            }
            else
            {
                (low, left, costLeft) = (left, right, costRight);
                right = low + ratio * (high - low);
                costRight = Cost(right);
            }
        }

        return Math.Exp((low + high) / 2);
    }
}
