using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.DataSets;

/// <summary>Beats cut out of annotated recordings.</summary>
public static class BeatSet
{
    /// <summary>Samples before R and after it (Ji and Zhu, Grunet: "300 data points before and after the R wave", 360 Hz).</summary>
    public const int Reach = 300;

    /// <summary>The annotated beats of a lead: <see cref="Reach"/> samples before R, and from R on as many again. Beats whose window the record does not hold are left out.</summary>
    /// <param name="record">Name of the record.</param>
    /// <param name="lead">The lead, at the rate of the annotations (filtered, if the protocol says so).</param>
    /// <param name="annotations">Annotations of the record.</param>
    /// <param name="reach">Samples before and after R.</param>
    public static IReadOnlyList<BeatExample> Cut(string record, LeadSignal lead, IEnumerable<Annotation> annotations, int reach = Reach)
    {
        var beats = annotations.Where(annotation => annotation.Code.IsBeat()).ToArray();
        var examples = new List<BeatExample>(beats.Length);
        for (var i = 0; i < beats.Length; i++)
        {
            var at = beats[i].Sample;
            if (at < reach || at + reach > lead.Mv.Length || Aami.ClassOf(beats[i].Code) is not { } beatClass)
                continue;
            examples.Add(new BeatExample(record, at, beatClass, lead.Mv[(int)(at - reach)..(int)(at + reach)],
                i == 0 ? double.NaN : (at - beats[i - 1].Sample) / lead.SampleRateHz,
                i == beats.Length - 1 ? double.NaN : (beats[i + 1].Sample - at) / lead.SampleRateHz));
        }
        return examples;
    }
}
