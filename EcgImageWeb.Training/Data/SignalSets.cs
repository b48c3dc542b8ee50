using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Data;

/// <summary>The data sets of the three signal papers, from unpacked recordings or from a cache.</summary>
/// <param name="dataFolder">Holds mitdb, cinc2017-n-af and rhythm-lead-ii as published.</param>
/// <param name="cacheFolder">Where prepared sets are kept.</param>
public sealed class SignalSets(string dataFolder, string cacheFolder)
{
    // Every record of MIT-BIH lasts a little longer than half an hour.
    private const double MitBihS = 1806;

    /// <summary>AF and normal, by CinC 2017's letters.</summary>
    public static IReadOnlyList<string> Cinc2017Labels { get; } = ["N", "A"];

    /// <summary>MIT-BIH's ten-second segments of both leads of all records, with the labels of <see cref="SegmentSet.MitBihLabelOf"/>.</summary>
    /// <param name="sampleRateHz">Rate they are resampled to; 360 is the recordings'.</param>
    public SignalSet MitBihSegments(double sampleRateHz) => SignalSet.Cached(cacheFolder, $"mitbih-segments-{sampleRateHz:0}hz", () => Segments(
        $"mitbih-segments-{sampleRateHz:0}hz", SegmentSet.MitBihLabels, sampleRateHz,
        MitBihRecords().SelectMany(record => SegmentSet.OfMitBih(record.Record, record.Annotations, leads: 2))));

    /// <summary>CinC 2017's ten-second segments, normal and AF.</summary>
    /// <param name="sampleRateHz">Rate they are resampled to; 300 is the recordings'.</param>
    public SignalSet Cinc2017(double sampleRateHz) => SignalSet.Cached(cacheFolder, $"cinc2017-{sampleRateHz:0}hz", () => Segments(
        $"cinc2017-{sampleRateHz:0}hz", Cinc2017Labels, sampleRateHz,
        SegmentSet.ReadLabels(Path.Combine(dataFolder, "cinc2017-n-af", "REFERENCE.csv"))
            .SelectMany(entry => SegmentSet.OfCinc2017(WfdbReader.Read(Path.Combine(dataFolder, "cinc2017-n-af", entry.Record)), entry.Label))));

    /// <summary>Ten seconds of lead II at 200 Hz, seven rhythms; one segment a record, 2,000 samples.</summary>
    public SignalSet Rhythms() => SignalSet.Cached(cacheFolder, "rhythm-lead-ii", () => Segments(
        "rhythm-lead-ii", RhythmNetworks.Labels, SegmentSet.RhythmRateHz,
        SegmentSet.ReadLabels(Path.Combine(dataFolder, "rhythm-lead-ii", "index.csv"))
            .Select(entry => SegmentSet.OfRhythm(WfdbReader.Read(Path.Combine(dataFolder, "rhythm-lead-ii", "rec", entry.Record)), entry.Label))));

    /// <summary>The <see cref="RhythmMeasures"/> of the same strips.</summary>
    public SignalSet MeasuredRhythms() => SignalSet.Cached(cacheFolder, "rhythm-measures", () =>
    {
        var strips = Rhythms();
        return strips with { Name = "rhythm-measures", Inputs = [.. strips.Inputs.AsParallel().AsOrdered().Select(strip => RhythmMeasures.Of(strip))] };
    });

    /// <summary>The same strips with their measures behind the samples.</summary>
    public SignalSet RhythmsAndMeasures()
    {
        var (strips, measured) = (Rhythms(), MeasuredRhythms());
        return strips with { Name = "rhythm-samples-and-measures", Inputs = [.. strips.Inputs.Zip(measured.Inputs, (strip, measures) => (float[])[.. strip, .. measures])] };
    }

    /// <summary>What is learned of the measures of some strips, and of no others; see <see cref="Data.RhythmLessons"/>.</summary>
    /// <param name="records">Their names.</param>
    /// <param name="augmentation">What distorts them.</param>
    public SignalSet RhythmLessons(IReadOnlySet<string> records, SignalAugmentation augmentation)
    {
        ArgumentNullException.ThrowIfNull(records);
        var strips = Rhythms();
        int[] chosen = [.. Enumerable.Range(0, strips.Count).Where(index => records.Contains(strips.Records[index]))];
        return Data.RhythmLessons.Of(
            new SignalSet(strips.Name, strips.Labels, [.. chosen.Select(index => strips.Inputs[index])], [.. chosen.Select(index => strips.Classes[index])], [.. chosen.Select(index => strips.Records[index])]),
            augmentation);
    }

    /// <summary>
    /// MIT-BIH's beats on the limb lead: 300 samples before R and as many from it on. All 48 records: the paper's class Q is nearly all paced beats;
    /// DS1 and DS2 leave the four records with a pacemaker out.
    /// </summary>
    /// <param name="filters">What is done to the record before.</param>
    public SignalSet Beats(BeatFilters filters)
    {
        var name = $"mitbih-beats-{(int)filters}";
        return SignalSet.Cached(cacheFolder, name, () =>
        {
            var all = MitBihRecords().AsParallel().AsOrdered().SelectMany(record => BeatSet.Cut(record.Record.Name, filters.Apply(LimbLead(record.Record)), record.Annotations)).ToArray();
            return new SignalSet(name, BeatNetworks.Labels, [.. all.Select(beat => beat.Mv)], [.. all.Select(beat => (int)beat.Class)], [.. all.Select(beat => beat.Record)]);
        });
    }

    /// <summary>The <see cref="BeatMeasures"/> of the same beats.</summary>
    /// <param name="inStrips">Whether each is relative to ten seconds, one strip after the other; otherwise to its whole record.</param>
    public SignalSet MeasuredBeats(bool inStrips)
    {
        var name = $"mitbih-beat-measures{(inStrips ? "-strips" : "")}";
        return SignalSet.Cached(cacheFolder, name, () =>
        {
            var records = BeatRecords(_ => true);
            if (inStrips)
            {
                var strips = Enumerable.Range(0, (int)(MitBihS / Data.BeatLessons.StripS) + 1).Select(strip => (long)(strip * Data.BeatLessons.StripS * BeatInputs.SampleRateHz)).ToArray();
                records = [.. records.SelectMany(record => strips.Select(from => record.Stretch(from, Data.BeatLessons.StripS)).OfType<BeatRecord>())];
            }

            var all = records.SelectMany(record => record.Beats).ToArray();
            return new SignalSet(name, BeatNetworks.Labels, [.. records.SelectMany(record => record.Measures)], [.. all.Select(beat => (int)beat.Class)], [.. all.Select(beat => beat.Record)]);
        });
    }

    /// <summary>What is learned of the beats of some records, and of no others; see <see cref="Data.BeatLessons"/>.</summary>
    /// <param name="records">Their names.</param>
    public SignalSet BeatLessons(IReadOnlySet<string> records)
        => Data.BeatLessons.Of(BeatNetworks.Labels, BeatRecords(records.Contains));

    /// <summary>The noise of the MIT-BIH Noise Stress Test Database, both channels of baseline wander, electrode motion and muscle noise, mV.</summary>
    /// <param name="sampleRateHz">Rate it is resampled to.</param>
    public IReadOnlyList<float[]> Noise(double sampleRateHz) =>
    [
        .. new[] { "bw", "em", "ma" }.SelectMany(name => WfdbReader.Read(Path.Combine(dataFolder, "nstdb-noise", name)).Signals)
            .Select(signal => Resampler.Resample(signal.ToLead().Mv, signal.SampleRateHz, sampleRateHz)),
    ];

    /// <summary>MLII, which record 114 has second and 102 and 104 have not at all.</summary>
    private static LeadSignal LimbLead(Record record) => (record.Find("MLII") ?? record.Signals[0]).ToLead();

    private BeatRecord[] BeatRecords(Predicate<string> isWanted)
        => [.. MitBihRecords().Where(record => isWanted(record.Record.Name)).AsParallel().AsOrdered().Select(record =>
        {
            var aberrated = record.Annotations.Where(annotation => annotation.Code == AnnotationCode.AberratedAtrialPremature).Select(annotation => annotation.Sample).ToHashSet();
            var beats = BeatSet.Cut(record.Record.Name, BeatInputs.Filters.Apply(LimbLead(record.Record)), record.Annotations);
            return new BeatRecord(record.Record.Name, beats, [.. beats.Select(beat => aberrated.Contains(beat.Sample))]);
        })];

    private IEnumerable<(Record Record, IReadOnlyList<Annotation> Annotations)> MitBihRecords()
        => Directory.GetFiles(Path.Combine(dataFolder, "mitdb"), "*.hea").Order(StringComparer.Ordinal)
            .Select(file => Path.ChangeExtension(file, null))
            .Select(path => (WfdbReader.Read(path), AnnotationFile.Read(path).Annotations));

    private static SignalSet Segments(string name, IReadOnlyList<string> labels, double sampleRateHz, IEnumerable<SegmentExample> segments)
    {
        var all = segments.ToArray();
        var order = labels.ToArray();
        return new SignalSet(
            name, labels,
            [.. all.AsParallel().AsOrdered().Select(segment => Resampler.Resample(Gaps.Bridge(segment.Mv), segment.Mv.Length / SegmentSet.SegmentS, sampleRateHz))],
            [.. all.Select(segment => Array.IndexOf(order, segment.Label))],
            [.. all.Select(segment => segment.Record)]);
    }
}
