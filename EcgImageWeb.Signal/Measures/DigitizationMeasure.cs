using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Measures;

/// <summary>
/// The measure of the 2025/26 PhysioNet digitization competition, with Pearson's correlation, RMSE and coverage: the digitized lead is
/// moved in time by at most 0.2 s to where the mean-removed cross-correlation is largest, and in height by the least-squares offset.
/// </summary>
public static class DigitizationMeasure
{
    /// <summary>Largest movement in time, seconds.</summary>
    public const double MaxLagS = 0.2;

    // Whole samples are not fine enough: half a pixel is 2.6 ms, 2 to 3 dB on a steep QRS flank.
    private const int LagStepsPerSample = 10;

    /// <summary>All leads of a page; a lead that was not digitized counts as 0 mV throughout.</summary>
    /// <param name="truth">True leads, NaN where the page does not show them.</param>
    /// <param name="digitized">Digitized leads of any rate; names decide which belongs to which.</param>
    /// <param name="removeMean">Whether each true lead's mean is removed first (truths with an arbitrary baseline).</param>
    public static PageComparison ComparePage(IReadOnlyList<LeadSignal> truth, IReadOnlyList<LeadSignal> digitized, bool removeMean = false) =>
        new([.. truth.Where(lead => lead.Coverage > 0).Select(lead => Compare(lead,
            digitized.FirstOrDefault(other => other.Name == lead.Name) ?? lead with { Mv = [] }, removeMean))]);

    /// <summary>One lead.</summary>
    /// <param name="truth">The true lead; NaN does not count.</param>
    /// <param name="digitized">The digitized lead on the same time axis, of any rate; NaN is missing.</param>
    /// <param name="removeMean">Whether the true lead's mean is removed first.</param>
    public static LeadComparison Compare(LeadSignal truth, LeadSignal digitized, bool removeMean = false)
    {
        var rateHz = truth.SampleRateHz;
        var mean = removeMean ? Normalization.Moments(truth.Mv).Mean : 0;
        var label = Array.ConvertAll(truth.Mv, mv => mv - mean);
        var other = Resampler.Resample(digitized.Mv, digitized.SampleRateHz, rateHz);
        // Where on the digitized lead's index the true lead's first sample lies.
        var start = (truth.StartS - digitized.StartS) * rateHz;
        var lag = BestLag(label, other, start, rateHz);
        var moved = new double[label.Length];
        for (var i = 0; i < moved.Length; i++)
            moved[i] = Interpolation.At(other, start + lag + i);

        var both = new Moments();
        var (samples, signal) = (0, 0.0);
        for (var i = 0; i < label.Length; i++)
        {
            if (double.IsNaN(label[i]))
                continue;
            samples++;
            signal += label[i] * label[i];
            if (!double.IsNaN(moved[i]))
                both.Add(label[i], moved[i]);
        }
        var offset = both.Count == 0 ? 0 : both.MeanX - both.MeanY;
        var (error, missed) = (0.0, 0.0);
        for (var i = 0; i < label.Length; i++)
        {
            if (double.IsNaN(label[i]))
                continue;
            if (double.IsNaN(moved[i]))
                missed += label[i] * label[i];
            else
                error += Math.Pow(label[i] - moved[i] - offset, 2);
        }
        return new LeadComparison(truth.Name, lag / rateHz, offset, signal, error + missed, samples,
            both.Correlation, both.Count == 0 ? double.NaN : Math.Sqrt(error / both.Count), samples == 0 ? 0 : (double)both.Count / samples);
    }

    private static double BestLag(double[] label, float[] other, double start, double rateHz)
    {
        var labelMean = MeanOfKnown(label);
        var otherMean = MeanOfKnown(Array.ConvertAll(other, value => (double)value));
        double Correlation(double lag)
        {
            var sum = 0.0;
            for (var i = 0; i < label.Length; i++)
            {
                var product = (label[i] - labelMean) * (Interpolation.At(other, start + lag + i) - otherMean);
                if (!double.IsNaN(product))
                    sum += product;
            }
            return sum;
        }
        var reach = (int)Math.Round(MaxLagS * rateHz);
        var whole = Enumerable.Range(-reach, 2 * reach + 1).OrderBy(Math.Abs).MaxBy(lag => Correlation(lag));
        return Enumerable.Range(-LagStepsPerSample, 2 * LagStepsPerSample + 1).OrderBy(Math.Abs)
            .Select(step => whole + (double)step / LagStepsPerSample)
            .Where(lag => Math.Abs(lag) <= reach)
            .MaxBy(Correlation);
    }

    private static double MeanOfKnown(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(0).Average();
}
