namespace EcgImageWeb.Training.Evaluation;

/// <summary>How often which class was answered for which: the source of accuracy, precision, recall and F1.</summary>
/// <param name="Labels">The classes.</param>
/// <param name="Counts">Counts[truth, answer].</param>
public sealed record ConfusionMatrix(IReadOnlyList<string> Labels, int[,] Counts)
{
    /// <summary>Counts answers.</summary>
    /// <param name="labels">The classes.</param>
    /// <param name="truth">True class of each example.</param>
    /// <param name="answers">Answered class of each.</param>
    public static ConfusionMatrix Of(IReadOnlyList<string> labels, IReadOnlyList<int> truth, IReadOnlyList<int> answers)
    {
        if (truth.Count != answers.Count) throw new ArgumentException("There is one answer for each truth.", nameof(answers));
        var counts = new int[labels.Count, labels.Count];
        for (var index = 0; index < truth.Count; index++) counts[truth[index], answers[index]]++;
        return new ConfusionMatrix(labels, counts);
    }

    /// <summary>Examples.</summary>
    public int Total => Counts.Cast<int>().Sum();

    /// <summary>Share of right answers, 0 to 1; 0 without examples.</summary>
    public double Accuracy => Share(Classes.Sum(label => Counts[label, label]), Total);

    /// <summary>Mean precision of the classes.</summary>
    public double MacroPrecision => Classes.Average(Precision);

    /// <summary>Mean recall of the classes.</summary>
    public double MacroRecall => Classes.Average(Recall);

    /// <summary>Mean F1 of the classes.</summary>
    public double MacroF1 => Classes.Average(F1);

    /// <summary>Mean over the classes of the share of right answers to "is it this class or another", which the SEVGGNet paper prints as overall accuracy.</summary>
    public double MeanClassAccuracy => Total == 0 ? 0 : Classes.Average(label => 1 - (double)(Support(label) + Classes.Sum(truth => Counts[truth, label]) - 2 * Counts[label, label]) / Total);

    private IEnumerable<int> Classes => Enumerable.Range(0, Labels.Count);

    /// <summary>Examples of a class.</summary>
    /// <param name="label">Zero-based class.</param>
    public int Support(int label) => Classes.Sum(answer => Counts[label, answer]);

    /// <summary>Share of the answers of a class that are right; 0 if it was never answered.</summary>
    /// <param name="label">Zero-based class.</param>
    public double Precision(int label) => Share(Counts[label, label], Classes.Sum(truth => Counts[truth, label]));

    /// <summary>Share of the examples of a class that were found; 0 if there are none.</summary>
    /// <param name="label">Zero-based class.</param>
    public double Recall(int label) => Share(Counts[label, label], Support(label));

    /// <summary>Harmonic mean of precision and recall; 0 if both are.</summary>
    /// <param name="label">Zero-based class.</param>
    public double F1(int label)
    {
        var (precision, recall) = (Precision(label), Recall(label));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
