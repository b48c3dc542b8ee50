using EcgImageWeb.Training.Learning;

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

    /// <summary>The temperature that makes the mean negative log-likelihood of raw outputs smallest, by golden section on its logarithm.</summary>
    /// <param name="outputs">Raw outputs of each example, of pages the network did not learn from.</param>
    /// <param name="truth">True class of each.</param>
    /// <returns>0.1 to 10.</returns>
    public static double FitTemperature(IReadOnlyList<float[]> outputs, IReadOnlyList<int> truth)
    {
        double Cost(double logarithm) => truth.Select((label, index) => -Math.Log(Math.Max(1e-12, Predictor.Softmax(outputs[index], Math.Exp(logarithm))[label]))).Average();

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
