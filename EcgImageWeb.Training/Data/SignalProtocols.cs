using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Training.Data;

/// <summary>
/// How signal examples are divided. Parts by name: <c>mixed1</c> … <c>mixed10</c>, the SEVGGNet paper's ten folds of mixed segments; <c>patient1</c> …
/// <c>patient10</c>, ten folds by person; <c>paper</c>, a single division of mixed examples, 64 : 16 : 20 as in the SE-ResNet paper; <c>ds1-ds2</c>,
/// de Chazal's; <c>ds1-fold1</c> … <c>ds1-fold8</c>, folds by person of DS1 alone, to choose by before DS2 is looked at; <c>all</c>, everything to learn from, for what ships once the others have been measured.
/// </summary>
public static class SignalProtocols
{
    private const int Folds = 10, InnerFolds = 8;
    private const double TrainShare = 0.64, ValidationShare = 0.16;

    /// <summary>Ten folds of mixed examples.</summary>
    public static IReadOnlyList<string> Mixed { get; } = [.. Enumerable.Range(1, Folds).Select(fold => $"mixed{fold}")];

    /// <summary>Ten folds by person.</summary>
    public static IReadOnlyList<string> ByPatient { get; } = [.. Enumerable.Range(1, Folds).Select(fold => $"patient{fold}")];

    /// <summary>A single division of mixed examples.</summary>
    public const string Paper = "paper";

    /// <summary>DS1 to learn from, DS2 to measure on.</summary>
    public const string Ds1ToDs2 = "ds1-ds2";

    /// <summary>Folds of DS1 by person.</summary>
    public static IReadOnlyList<string> WithinDs1 { get; } = [.. Enumerable.Range(1, InnerFolds).Select(fold => $"ds1-fold{fold}")];

    /// <summary>Everything to learn from.</summary>
    public const string All = "all";

    /// <summary>The sides of a part.</summary>
    /// <param name="set">The examples.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="needsValidation">Whether a validation side is taken from the training side (a fifth of it, whole records); otherwise the training side keeps it.</param>
    /// <param name="seed">Decides everything random.</param>
    /// <exception cref="ArgumentException">There is no such part.</exception>
    public static Split Divide(SignalSet set, string part, bool needsValidation, int seed = 1)
    {
        var everything = Enumerable.Range(0, set.Count).ToArray();
        if (part == Paper)
        {
            var (train, validation, test) = CrossValidation.Split(set.Count, TrainShare, ValidationShare, seed);
            return needsValidation ? new Split(train, validation, test) : new Split([.. train, .. validation], [], test);
        }

        var (learn, measure) = part switch
        {
            All => (everything, Array.Empty<int>()),
            Ds1ToDs2 => (Of(set, MitBih.Ds1), Of(set, MitBih.Ds2)),
            _ when WithinDs1.Contains(part) => Sides(CrossValidation.ByGroup(MitBih.Ds1, InnerFolds, seed)[int.Parse(part.AsSpan("ds1-fold".Length), System.Globalization.CultureInfo.InvariantCulture) - 1], set),
            _ when Mixed.Contains(part) => Sides(CrossValidation.ByExample(set.Count, Folds, seed)[int.Parse(part.AsSpan("mixed".Length), System.Globalization.CultureInfo.InvariantCulture) - 1]),
            _ when ByPatient.Contains(part) => Sides(CrossValidation.ByGroup(set.Patients, Folds, seed)[int.Parse(part.AsSpan("patient".Length), System.Globalization.CultureInfo.InvariantCulture) - 1]),
            _ => throw new ArgumentException($"There is no part '{part}'.", nameof(part)),
        };
        if (!needsValidation) return new Split(learn, [], measure);
        var inner = CrossValidation.ByGroup([.. learn.Select(index => set.Patients[index])], 5, seed)[0];
        return new Split([.. inner.Train.Select(index => learn[index])], [.. inner.Test.Select(index => learn[index])], measure);
    }

    private static (int[] Learn, int[] Measure) Sides(Fold fold) => ([.. fold.Train], [.. fold.Test]);

    private static (int[] Learn, int[] Measure) Sides(Fold records, SignalSet set)
        => (Of(set, [.. records.Train.Select(record => MitBih.Ds1[record])]), Of(set, [.. records.Test.Select(record => MitBih.Ds1[record])]));

    private static int[] Of(SignalSet set, IReadOnlyList<string> records)
        => [.. Enumerable.Range(0, set.Count).Where(index => records.Contains(set.Records[index]))];
}
