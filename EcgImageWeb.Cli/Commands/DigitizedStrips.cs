using EcgImageWeb.Signal;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Training.Data;

namespace EcgImageWeb.Cli.Commands;

/// <summary>Ten seconds of one lead with what is true of them.</summary>
/// <param name="Name">Record and place, as in a file's name.</param>
/// <param name="Lead">The lead, from second 0 on, without gaps.</param>
/// <param name="Label">The class of the strip.</param>
/// <param name="Beats">Times in seconds and AAMI classes of the beats, where they are known.</param>
internal sealed record DigitizedStrip(string Name, LeadSignal Lead, string Label, (double TimeS, string Class)[] Beats);

/// <summary>
/// Strips to draw on pages, as many of each class as of the others as far as there are; all of the side that the papers' protocol measures on, so that
/// there are networks that have not seen them. Of MIT-BIH only MLII, and only DS2's people, whom the beats' protocol sets aside.
/// </summary>
/// <param name="data">Folder of unpacked recordings.</param>
internal sealed class DigitizedStrips(string data)
{
    private const int Seed = 1;

    /// <summary>The sets, and the models that are asked about each.</summary>
    public static readonly (string Set, string[] Models)[] Sets = [("rhythms", ["rhythm"]), ("cinc2017", ["af"]), ("mit-bih", ["segments", "beats"])];

    /// <summary>The part of a model's protocol that does not learn from these strips.</summary>
    public static string PartOf(string model) => model switch
    {
        "rhythm" => SignalProtocols.Paper,
        "beats" => SignalProtocols.Ds1ToDs2,
        _ => SignalProtocols.Mixed[0],
    };

    /// <summary>Whether the recordings of a set are there.</summary>
    public bool Has(string set) => new DirectoryInfo(Path.Combine(data, set switch { "rhythms" => "rhythm-lead-ii", "cinc2017" => "cinc2017-n-af", _ => "mitdb" })) is { Exists: true } folder && folder.EnumerateFileSystemInfos().Any();

    public IReadOnlyList<DigitizedStrip> Of(string set, int count) => set switch
    {
        "rhythms" => [.. Chosen(Rhythms(), PartOf("rhythm"), _ => true, count).Select(segment => Strip(segment, WfdbReader.Read(RhythmPath(segment.Record)).Find("II")!.ToLead(), []))],
        "cinc2017" => [.. Chosen(Cinc2017(), PartOf("af"), _ => true, count).Select(segment => Strip(segment, WfdbReader.Read(CincPath(segment.Record)).Signals[0].ToLead(), []))],
        _ => [.. Chosen(MitBihSegments(), PartOf("segments"), segment => segment.Lead == "MLII" && MitBih.Ds2.Contains(segment.Record), count).Select(MitBihStrip)],
    };

    private string RhythmPath(string record) => Path.Combine(data, "rhythm-lead-ii", "rec", record);

    private string CincPath(string record) => Path.Combine(data, "cinc2017-n-af", record);

    // One segment a record, wherever in it: what is divided is the order of the index.
    private IEnumerable<SegmentExample> Rhythms() => SegmentSet.ReadLabels(Path.Combine(data, "rhythm-lead-ii", "index.csv"))
        .Select(entry => new SegmentExample(entry.Record, entry.Record, "II", 0, entry.Label, []));

    private IEnumerable<SegmentExample> Cinc2017() => SegmentSet.ReadLabels(Path.Combine(data, "cinc2017-n-af", "REFERENCE.csv"))
        .SelectMany(entry => SegmentSet.OfCinc2017(WfdbReader.Read(CincPath(entry.Record)), entry.Label));

    private IEnumerable<SegmentExample> MitBihSegments() => Directory.GetFiles(Path.Combine(data, "mitdb"), "*.hea").Order(StringComparer.Ordinal)
        .Select(file => Path.ChangeExtension(file, null))
        .SelectMany(path => SegmentSet.OfMitBih(WfdbReader.Read(path), AnnotationFile.Read(path).Annotations, leads: 2));

    private DigitizedStrip MitBihStrip(SegmentExample segment)
    {
        var path = Path.Combine(data, "mitdb", segment.Record);
        var lead = WfdbReader.Read(path).Find(segment.Lead)!.ToLead();
        var length = (int)(SegmentSet.SegmentS * lead.SampleRateHz);
        return Strip(segment, lead, [.. AnnotationFile.Read(path).Annotations
            .Where(beat => beat.Code.IsBeat() && beat.Sample >= segment.StartSample && beat.Sample < segment.StartSample + length)
            .Select(beat => ((beat.Sample - segment.StartSample) / lead.SampleRateHz, $"{Aami.ClassOf(beat.Code)}"))]);
    }

    private static DigitizedStrip Strip(SegmentExample segment, LeadSignal lead, (double, string)[] beats)
    {
        var end = Math.Min(lead.Mv.Length, segment.StartSample + (int)(SegmentSet.SegmentS * lead.SampleRateHz));
        var mv = Gaps.Bridge(lead.Mv.AsSpan(segment.StartSample, end - segment.StartSample));
        return new DigitizedStrip($"{segment.Record}-{segment.StartSample}", new LeadSignal("II", lead.SampleRateHz, mv), segment.Label, beats);
    }

    private static List<SegmentExample> Chosen(IEnumerable<SegmentExample> segments, string part, Func<SegmentExample, bool> isWanted, int count)
    {
        var all = segments.ToArray();
        // Without the samples: a protocol divides by number and record alone.
        var set = new SignalSet("", [], [.. all.Select(_ => Array.Empty<float>())], [.. all.Select(_ => 0)], [.. all.Select(segment => segment.Record)]);
        return Balanced([.. SignalProtocols.Divide(set, part, needsValidation: false).Test.Select(index => all[index]).Where(isWanted)], count);
    }

    internal static List<SegmentExample> Balanced(IReadOnlyList<SegmentExample> all, int count)
    {
        var groups = all.GroupBy(segment => segment.Label).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group =>
        {
            var members = group.ToArray();
            new Random(Seed).Shuffle(members);
            return members;
        }).ToArray();
        var chosen = new List<SegmentExample>();
        for (var turn = 0; chosen.Count < count && groups.Any(group => turn < group.Length); turn++)
            chosen.AddRange(groups.Where(group => turn < group.Length).Select(group => group[turn]));
        return chosen[..Math.Min(count, chosen.Count)];
    }
}
