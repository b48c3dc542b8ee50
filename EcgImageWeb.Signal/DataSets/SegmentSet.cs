using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.DataSets;

/// <summary>Ten-second segments of the three data sets that the papers classify.</summary>
public static class SegmentSet
{
    /// <summary>Length of a segment in seconds.</summary>
    public const double SegmentS = 10;

    /// <summary>Rate at which the SE-ResNet paper takes lead II.</summary>
    public const double RhythmRateHz = 200;

    /// <summary>Classes of MIT-BIH segments, in the order of the paper's table 1.</summary>
    public static IReadOnlyList<string> MitBihLabels { get; } = ["N", "V", "L", "R", "A"];

    private static readonly AnnotationCode[] AbnormalKinds =
    [
        AnnotationCode.PrematureVentricular, AnnotationCode.AtrialPremature,
        AnnotationCode.LeftBundleBranchBlock, AnnotationCode.RightBundleBranchBlock,
    ];

    /// <summary>The segments of one MIT-BIH record: every ten seconds of every chosen lead that have a label.</summary>
    /// <param name="record">The record.</param>
    /// <param name="annotations">Its <c>atr</c> annotations.</param>
    /// <param name="leads">How many of its leads to take, from the first on.</param>
    public static IEnumerable<SegmentExample> OfMitBih(Record record, IReadOnlyList<Annotation> annotations, int leads = 1)
    {
        var length = (int)(SegmentS * record.SampleRateHz);
        var beats = annotations.Where(annotation => annotation.Code.IsBeat()).ToLookup(beat => beat.Sample / length, beat => beat.Code);
        foreach (var lead in record.Signals.Take(leads).Select(signal => signal.ToLead()))
        {
            for (var start = 0; start + length <= lead.Mv.Length; start += length)
            {
                if (MitBihLabelOf(beats[start / length]) is { } label)
                    yield return new SegmentExample(record.Name, MitBih.PatientOf(record.Name), lead.Name, start, label, lead.Mv[start..(start + length)]);
            }
        }
    }

    /// <summary>
    /// One label for the beats of a segment. The paper does not say its rule; ours: only segments whose beats are all N, L, R, V or A have a
    /// label, which is the most frequent of V, A, L and R in it (of equals the first in this order), and N when there is none of them.
    /// Over both leads of all records this gives N 7954, V 3394, L 1340, R 1236, A 888, the closest of the rules tried to the paper's
    /// 6735, 3005, 1202, 1179, 771.
    /// </summary>
    /// <param name="beats">Codes of the beats of one segment.</param>
    public static string? MitBihLabelOf(IEnumerable<AnnotationCode> beats)
    {
        var counts = beats.CountBy(code => code).ToDictionary();
        if (counts.Count == 0 || counts.Keys.Any(code => code != AnnotationCode.Normal && !AbnormalKinds.Contains(code)))
            return null;
        var kind = AbnormalKinds.MaxBy(code => counts.GetValueOrDefault(code));
        return (counts.ContainsKey(kind) ? kind : AnnotationCode.Normal).Mnemonic();
    }

    /// <summary>
    /// The segments of one CinC 2017 record, each with the record's label: whole ten seconds one after the other from its start; the rest, and
    /// records shorter than ten seconds, are left out.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="label">Its reference label: <c>N</c> or <c>A</c>.</param>
    public static IEnumerable<SegmentExample> OfCinc2017(Record record, string label)
    {
        var lead = record.Signals[0].ToLead();
        var length = (int)(SegmentS * lead.SampleRateHz);
        for (var start = 0; start + length <= lead.Mv.Length; start += length)
            yield return new SegmentExample(record.Name, record.Name, lead.Name, start, label, lead.Mv[start..(start + length)]);
    }

    /// <summary>Ten seconds of lead II at 200 Hz: 2,000 samples from the start of the record; a shorter one ends with its last value repeated.</summary>
    /// <param name="record">A record with a lead II.</param>
    /// <param name="label">Its rhythm.</param>
    /// <exception cref="ArgumentException">The record has no lead II or nothing in it.</exception>
    public static SegmentExample OfRhythm(Record record, string label)
    {
        var lead = record.Find("II")?.ToLead();
        if (lead is null || lead.Mv.Length == 0)
            throw new ArgumentException($"Record {record.Name} has no lead II.", nameof(record));
        var samples = Resampler.Resample(Gaps.Bridge(lead.Mv), lead.SampleRateHz, RhythmRateHz);
        var length = (int)(SegmentS * RhythmRateHz);
        var segment = new float[length];
        for (var i = 0; i < length; i++)
            segment[i] = samples[Math.Min(i, samples.Length - 1)];
        return new SegmentExample(record.Name, record.Name, lead.Name, 0, label, segment);
    }

    /// <summary>Record names and labels of a <c>REFERENCE.csv</c> (CinC 2017: <c>A00001,N</c>) or of an index with a header line and columns <c>id,label</c> first.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordFormatException">A line without two columns.</exception>
    public static IReadOnlyList<(string Record, string Label)> ReadLabels(string path)
    {
        var (labels, offset) = (new List<(string, string)>(), 0L);
        foreach (var line in File.ReadLines(path))
        {
            var cells = line.Split(',');
            if (cells.Length < 2)
                throw new RecordFormatException(Path.GetFileName(path), offset, "a line without a label.");
            if (cells[0] is not "id")
                labels.Add((cells[0], cells[1].Trim()));
            offset += line.Length + 1;
        }
        return labels;
    }
}
