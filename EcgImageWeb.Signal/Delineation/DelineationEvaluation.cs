using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Delineation;

/// <summary>Measures delineation on LUDB, whose annotators marked P, QRS and T in each of twelve leads by itself.</summary>
public static class DelineationEvaluation
{
    private const double PairMs = 150;

    // Found waves count as false only between the first and the last annotated wave: LUDB leaves the outer beats out.
    private const double MarginMs = 50;

    private static readonly string[] Kinds = ["P", "QRS", "T"];

    private static readonly Dictionary<string, double?> CseToleranceMs = new()
    {
        ["P onset"] = 10.2,
        ["P offset"] = 12.7,
        ["QRS onset"] = 6.5,
        ["QRS offset"] = 11.6,
        ["T onset"] = null,
        ["T offset"] = 30.6,
    };

    /// <summary>Each lead by itself against its own annotation.</summary>
    /// <param name="folder">LUDB's <c>data</c> folder.</param>
    /// <param name="records">Record names; the constants were chosen on 1 to 100.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    /// <exception cref="RecordFormatException">A record is damaged.</exception>
    public static DelineationReport SingleLeads(string folder, IEnumerable<string> records, CancellationToken cancellationToken = default)
    {
        var tally = new Tally();
        foreach (var (leads, annotated) in Read(folder, records, cancellationToken))
        {
            for (var i = 0; i < leads.Length; i++)
                tally.Add(annotated[i], WaveDelineator.Delineate(leads[i], RPeakDetector.Detect(leads[i])), leads[i].SampleRateHz);
        }
        return tally.Report();
    }

    /// <summary>
    /// All twelve leads together, as the CSE's referees saw them: <see cref="MultiLeadDelineator"/> against the median of the twelve
    /// annotations of a wave, where at least half of the leads have one.
    /// </summary>
    /// <inheritdoc cref="SingleLeads"/>
    public static DelineationReport AllLeads(string folder, IEnumerable<string> records, CancellationToken cancellationToken = default)
    {
        var tally = new Tally();
        foreach (var (leads, annotated) in Read(folder, records, cancellationToken))
        {
            var reference = Kinds.SelectMany(kind => Together(annotated.SelectMany(waves => waves.Where(wave => wave.Kind == kind)), leads[0].SampleRateHz)
                .Where(waves => waves.Count * 2 >= leads.Length)
                .Select(waves => (kind, new WaveBounds(Median(waves, wave => wave.Onset), Median(waves, wave => wave.Peak), Median(waves, wave => wave.Offset)))));
            tally.Add([.. reference], MultiLeadDelineator.Delineate(leads), leads[0].SampleRateHz);
        }
        return tally.Report();
    }

    /// <summary>The annotated waves of one lead: onset, peak and end in direct succession.</summary>
    /// <param name="annotations">Annotations of a LUDB lead file.</param>
    /// <returns>Kind (P, QRS or T) and boundaries.</returns>
    public static IReadOnlyList<(string Kind, WaveBounds Wave)> WavesOf(IReadOnlyList<Annotation> annotations)
    {
        var waves = new List<(string, WaveBounds)>();
        for (var i = 1; i + 1 < annotations.Count; i++)
        {
            var kind = annotations[i].Code switch
            {
                AnnotationCode.PWave => "P",
                AnnotationCode.TWave => "T",
                var code when code.IsBeat() => "QRS",
                _ => null,
            };
            if (kind is not null && annotations[i - 1].Code == AnnotationCode.WaveOnset && annotations[i + 1].Code == AnnotationCode.WaveEnd)
                waves.Add((kind, new WaveBounds((int)annotations[i - 1].Sample, (int)annotations[i].Sample, (int)annotations[i + 1].Sample)));
        }
        return waves;
    }

    private static IEnumerable<(LeadSignal[] Leads, IReadOnlyList<(string Kind, WaveBounds Wave)>[] Annotated)> Read(
        string folder, IEnumerable<string> records, CancellationToken cancellationToken)
    {
        foreach (var name in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, name);
            var signals = WfdbReader.Read(path).Signals;
            yield return ([.. signals.Select(signal => signal.ToLead())], [.. signals.Select(signal => WavesOf(AnnotationFile.Read(path, signal.Name).Annotations))]);
        }
    }

    private static List<List<WaveBounds>> Together(IEnumerable<(string Kind, WaveBounds Wave)> waves, double rateHz)
    {
        var groups = new List<List<WaveBounds>>();
        foreach (var (_, wave) in waves.OrderBy(item => item.Wave.Peak))
        {
            if (groups.Count > 0 && wave.Peak - groups[^1][0].Peak < 200 * rateHz / 1000)
                groups[^1].Add(wave);
            else
                groups.Add([wave]);
        }
        return groups;
    }

    private static int Median(List<WaveBounds> waves, Func<WaveBounds, int> of) => waves.Select(of).Order().ElementAt(waves.Count / 2);

    private sealed class Tally
    {
        private readonly Dictionary<string, List<double>> errorsMs = CseToleranceMs.Keys.ToDictionary(name => name, _ => new List<double>());
        private readonly Dictionary<string, BeatScore> scores = Kinds.ToDictionary(kind => kind, _ => new BeatScore(0, 0, 0));

        public void Add(IReadOnlyList<(string Kind, WaveBounds Wave)> annotated, IReadOnlyList<BeatWaves> beats, double rateHz)
        {
            if (annotated.Count == 0)
                return;
            var margin = MarginMs / 1000 * rateHz;
            var (first, last) = (annotated.Min(item => item.Wave.Onset) - margin, annotated.Max(item => item.Wave.Offset) + margin);
            foreach (var kind in Kinds)
            {
                var found = beats.Select(beat => kind switch { "P" => beat.P, "T" => beat.T, _ => beat.Qrs }).OfType<WaveBounds>().ToList();
                var reference = annotated.Where(item => item.Kind == kind).ToArray();
                var paired = 0;
                foreach (var (_, wave) in reference)
                {
                    var nearest = found.Where(other => Math.Abs(other.Peak - wave.Peak) <= PairMs / 1000 * rateHz).MinBy(other => Math.Abs(other.Peak - wave.Peak));
                    if (nearest is null)
                        continue;
                    found.Remove(nearest);
                    paired++;
                    errorsMs[kind + " onset"].Add((nearest.Onset - wave.Onset) * 1000 / rateHz);
                    errorsMs[kind + " offset"].Add((nearest.Offset - wave.Offset) * 1000 / rateHz);
                }
                scores[kind] += new BeatScore(paired, reference.Length - paired, found.Count(wave => wave.Peak >= first && wave.Peak <= last));
            }
        }

        public DelineationReport Report() => new(
            [.. errorsMs.Select(pair =>
            {
                var mean = pair.Value.DefaultIfEmpty(double.NaN).Average();
                var deviation = Math.Sqrt(pair.Value.Select(error => (error - mean) * (error - mean)).DefaultIfEmpty(double.NaN).Average());
                return new BoundaryError(pair.Key, pair.Value.Count, mean, deviation, CseToleranceMs[pair.Key]);
            })],
            scores);
    }
}
