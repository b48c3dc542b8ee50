using EcgImageWeb.Signal;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Cli.Commands;

/// <summary>Ten seconds of one lead with what is true of them.</summary>
/// <param name="Name">Record and place, as in a file's name.</param>
/// <param name="Lead">The lead, from second 0 on, without gaps.</param>
/// <param name="Truth">The class, or one a beat.</param>
/// <param name="BeatS">Times of the beats; empty where the strip has one class.</param>
internal sealed record DigitizedStrip(string Name, LeadSignal Lead, string[] Truth, double[] BeatS);

/// <summary>Strips to draw on pages, as many of each class as of the others as far as there are.</summary>
/// <param name="data">Folder of unpacked recordings.</param>
internal sealed class DigitizedStrips(string data)
{
    private const int Seed = 1;

    public static readonly string[] Models = ["rhythm", "af", "segments", "beats"];

    public IReadOnlyList<DigitizedStrip> Of(string model, int count) => model switch
    {
        "rhythm" => [.. Balanced(SegmentSet.ReadLabels(Path.Combine(data, "rhythm-lead-ii", "index.csv")), entry => entry.Label, count)
            .Select(entry => Single(entry.Record, entry.Label, WfdbReader.Read(Path.Combine(data, "rhythm-lead-ii", "rec", entry.Record)).Find("II")!.ToLead(), 0))],
        "af" => [.. Balanced(SegmentSet.ReadLabels(Path.Combine(data, "cinc2017-n-af", "REFERENCE.csv")), entry => entry.Label, count)
            .Select(entry => Single(entry.Record, entry.Label, WfdbReader.Read(Path.Combine(data, "cinc2017-n-af", entry.Record)).Signals[0].ToLead(), 0))],
        "segments" => [.. Balanced(MitBihStrips(), strip => strip.Label, count).Select(strip => strip.Strip())],
        _ => [.. Balanced(MitBihStrips(), strip => strip.Label, count).Select(strip => strip.BeatStrip())],
    };

    private IEnumerable<(string Label, Func<DigitizedStrip> Strip, Func<DigitizedStrip> BeatStrip)> MitBihStrips()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(data, "mitdb"), "*.hea").Order(StringComparer.Ordinal))
        {
            var path = Path.ChangeExtension(file, null);
            var name = Path.GetFileName(path);
            if (MitBih.Paced.Contains(name))
                continue;
            var record = WfdbReader.Read(path);
            var annotations = AnnotationFile.Read(path).Annotations;
            var lead = (record.Find("MLII") ?? record.Signals[0]).ToLead();
            var length = (int)(SegmentSet.SegmentS * record.SampleRateHz);
            for (var start = 0; start + length <= lead.Mv.Length; start += length)
            {
                var (from, beats) = (start, annotations.Where(a => a.Code.IsBeat() && a.Sample >= start && a.Sample < start + length).ToArray());
                if (SegmentSet.MitBihLabelOf(beats.Select(beat => beat.Code)) is not { } label)
                    continue;
                yield return (
                    label,
                    () => Single($"{name}-{from}", label, lead, from),
                    () => Single($"{name}-{from}", label, lead, from) with
                    {
                        Truth = [.. beats.Select(beat => $"{Aami.ClassOf(beat.Code)}")],
                        BeatS = [.. beats.Select(beat => (beat.Sample - from) / record.SampleRateHz)],
                    });
            }
        }
    }

    private static DigitizedStrip Single(string name, string label, LeadSignal lead, int start)
    {
        var end = Math.Min(lead.Mv.Length, start + (int)(SegmentSet.SegmentS * lead.SampleRateHz));
        return new DigitizedStrip(name, new LeadSignal("II", lead.SampleRateHz, Gaps.Bridge(lead.Mv.AsSpan(start, end - start))), [label], []);
    }

    private static List<T> Balanced<T>(IEnumerable<T> all, Func<T, string> labelOf, int count)
    {
        var groups = all.GroupBy(labelOf).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var members = group.ToArray();
            new Random(Seed).Shuffle(members);
            return members;
        }).ToArray();
        var chosen = new List<T>();
        for (var turn = 0; chosen.Count < count && groups.Any(group => turn < group.Length); turn++)
            chosen.AddRange(groups.Where(group => turn < group.Length).Select(group => group[turn]));
        return chosen[..Math.Min(count, chosen.Count)];
    }
}
