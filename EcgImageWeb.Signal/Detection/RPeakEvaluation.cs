using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Detection;

/// <summary>Measures <see cref="RPeakDetector"/> on annotated recordings.</summary>
public static class RPeakEvaluation
{
    private const double LooseMs = 150;
    private const double StrictMs = 50;

    /// <summary>
    /// Every record of a folder (MIT-BIH) by its first lead over the whole length. As EC57 and PhysioNet's bxb do, beats and detections
    /// within annotated ventricular flutter do not count (record 207); learning time is not taken off.
    /// </summary>
    /// <param name="folder">Folder with <c>.hea</c>, <c>.dat</c> and <c>.atr</c>.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="RecordFormatException">A record is damaged.</exception>
    public static IReadOnlyList<RPeakResult> MeasureFolder(string folder, CancellationToken cancellationToken = default) =>
        [.. Directory.GetFiles(folder, "*.hea").Select(file => file[..^4]).Order(StringComparer.Ordinal).Select(path =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lead = WfdbReader.Read(path).Signals[0].ToLead();
            return Score(Path.GetFileName(path), lead.SampleRateHz, AnnotationFile.Read(path).Annotations, RPeakDetector.Detect(lead));
        })];

    /// <summary>
    /// The noise stress test (Moody, Muldrow and Mark, Computers in Cardiology 1984): noise is added to records 118 and 119 in every second
    /// two minutes from minute 5 on. Only the noisy stretches count here.
    /// </summary>
    /// <param name="mitdbFolder">Folder with the records 118 and 119.</param>
    /// <param name="noiseFolder">Folder with the noise records.</param>
    /// <param name="noise">Noise record: <c>em</c>, <c>ma</c> or <c>bw</c>.</param>
    /// <param name="snrsDb">Signal-to-noise ratios in dB.</param>
    /// <param name="cancellationToken">Stops between points.</param>
    /// <exception cref="RecordFormatException">A record is damaged.</exception>
    public static IReadOnlyList<NoiseStressPoint> NoiseStressCurve(
        string mitdbFolder, string noiseFolder, string noise, IReadOnlyList<double> snrsDb, CancellationToken cancellationToken = default)
    {
        var noiseMv = WfdbReader.Read(Path.Combine(noiseFolder, noise)).Signals[0].Samples;
        var records = Array.ConvertAll(["118", "119"], name =>
        {
            var path = Path.Combine(mitdbFolder, name);
            return (Lead: WfdbReader.Read(path).Signals[0].ToLead(), AnnotationFile.Read(path).Annotations);
        });
        return [.. snrsDb.Select(snrDb => new NoiseStressPoint(noise, snrDb, records.Select(record =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var beats = BeatsOf(record.Annotations);
            var noisy = NoiseStress.Add(record.Lead, beats, noiseMv, snrDb);
            var found = RPeakDetector.Detect(noisy).Select(at => (long)at);
            bool IsNoisy(long at) => NoiseStress.IsNoisy(at / record.Lead.SampleRateHz);
            return BeatScore.Compare([.. beats.Where(IsNoisy)], [.. found.Where(IsNoisy)], LooseMs / 1000 * record.Lead.SampleRateHz);
        }).Aggregate(BeatScore.Add)))];
    }

    /// <summary>Compares detections with annotations.</summary>
    /// <param name="record">Name of the record.</param>
    /// <param name="sampleRateHz">Samples per second of both.</param>
    /// <param name="annotations">Annotations of the record.</param>
    /// <param name="detected">R peaks as rising sample indices.</param>
    public static RPeakResult Score(string record, double sampleRateHz, IReadOnlyList<Annotation> annotations, IReadOnlyList<int> detected)
    {
        var flutter = FlutterOf(annotations);
        bool Counts(long at) => !flutter.Any(episode => at >= episode.Start && at <= episode.End);
        var reference = BeatsOf(annotations).Where(Counts).ToArray();
        var found = detected.Select(at => (long)at).Where(Counts).ToArray();
        return new RPeakResult(record,
            BeatScore.Compare(reference, found, LooseMs / 1000 * sampleRateHz),
            BeatScore.Compare(reference, found, StrictMs / 1000 * sampleRateHz));
    }

    private static long[] BeatsOf(IReadOnlyList<Annotation> annotations) =>
        [.. annotations.Where(annotation => annotation.Code.IsBeat()).Select(annotation => annotation.Sample)];

    private static List<(long Start, long End)> FlutterOf(IReadOnlyList<Annotation> annotations)
    {
        var episodes = new List<(long Start, long End)>();
        long? start = null;
        foreach (var annotation in annotations)
        {
            if (annotation.Code == AnnotationCode.VentricularFlutterOn)
                start = annotation.Sample;
            if (annotation.Code == AnnotationCode.VentricularFlutterOff && start is { } from)
            {
                episodes.Add((from, annotation.Sample));
                start = null;
            }
        }
        return episodes;
    }
}
