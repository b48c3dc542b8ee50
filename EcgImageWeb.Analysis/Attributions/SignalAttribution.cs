using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Detection;

namespace EcgImageWeb.Analysis.Attributions;

/// <summary>Why the signal models say what they say of a lead.</summary>
/// <param name="models">The models.</param>
public sealed class SignalAttribution(SignalModels models)
{
    // What a beat's input holds on either side of R: 300 samples at 360 Hz.
    private const double BeatReachS = 0.8;

    // More than a beat's neighbourhood: every variant of the lead is a copy, and a day is long.
    private const double NeighbourhoodS = 75;

    // Reasons are for a person to look at: those of so many beats, the unusual ones first.
    private const int ExplainedBeats = 12;

    // Where a beat of the result is looked for among the detected ones.
    private const double SameBeatS = 0.05;

    /// <summary>Why a window model says a class of a stretch of a lead.</summary>
    /// <param name="name">The model.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="label">The class; null for the most probable.</param>
    /// <param name="fromS">Where the stretch begins, seconds; it is as long as the model's window, or ends with the lead.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">The model has no such class, or the stretch is too short for it.</exception>
    public Attribution OfStrip(string name, LeadSignal lead, string? label, double fromS, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var manifest = ManifestOf(name);
        var part = Part(lead, fromS, fromS + SignalInput.Of(manifest).Seconds);
        var answer = models.Probabilities(name, [part], cancellationToken)[0]
            ?? throw new ArgumentException($"Lead {lead.Name} is too short from second {fromS} on.", nameof(lead));
        var index = label is null ? answer.AsSpan().IndexOf(answer.Max()) : IndexOf(manifest, label);
        var values = Occlusion.Of(
            part, part.StartS, part.StartS + part.DurationS,
            variants => [.. models.Probabilities(name, variants, cancellationToken).Select(row => row![index])], progress, cancellationToken);
        return new Attribution(name, manifest.Labels[index], lead.Name, null, Math.Round(part.StartS, 4), Occlusion.StepS, values);
    }

    /// <summary>Why a beat model says a class of a beat.</summary>
    /// <param name="name">The model.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="beatS">The beat's R peak, seconds.</param>
    /// <param name="label">The class; null for the most probable.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="ArgumentException">The model has no such class, or there is no beat.</exception>
    public Attribution OfBeat(string name, LeadSignal lead, double beatS, string? label, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lead);
        var manifest = ManifestOf(name);
        lead = Part(lead, beatS - NeighbourhoodS, beatS + NeighbourhoodS);
        var rPeaks = RPeakDetector.Detect(lead);
        var beat = Enumerable.Range(0, rPeaks.Length).DefaultIfEmpty(-1).MinBy(peak => peak < 0 ? double.MaxValue : Math.Abs(lead.TimeOf(rPeaks[peak]) - beatS));
        if (beat < 0 || Math.Abs(lead.TimeOf(rPeaks[beat]) - beatS) > SameBeatS)
            throw new ArgumentException($"Lead {lead.Name} has no beat at second {beatS}.", nameof(beatS));
        var answer = models.BeatProbabilities(name, [lead], rPeaks, beat, cancellationToken)[0];
        var index = label is null ? answer.AsSpan().IndexOf(answer.Max()) : IndexOf(manifest, label);
        var fromS = Math.Max(lead.StartS, beatS - BeatReachS);
        var values = Occlusion.Of(
            lead, fromS, Math.Min(lead.StartS + lead.DurationS, beatS + BeatReachS),
            variants => [.. models.BeatProbabilities(name, variants, rPeaks, beat, cancellationToken).Select(row => row[index])], progress, cancellationToken);
        return new Attribution(name, manifest.Labels[index], lead.Name, Math.Round(beatS, 4), Math.Round(fromS, 4), Occlusion.StepS, values);
    }

    /// <summary>Why each model says its class of the longest lead, and of its unusual beats.</summary>
    /// <param name="leads">The leads that were asked about.</param>
    /// <param name="whole">The answers of the longest lead, by model; null for none.</param>
    /// <param name="beats">Its beats; null for none.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public IReadOnlyList<Attribution> OfAnswers(
        IReadOnlyList<LeadSignal> leads, IReadOnlyDictionary<string, SignalAnswer>? whole, IReadOnlyList<BeatAnswer>? beats, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var beatModel = models.Manifests.FirstOrDefault(manifest => SignalInput.Of(manifest).Kind == SignalInput.BeatMeasures)?.Name;
        var chosen = beatModel is null ? [] : (beats ?? []).OrderBy(beat => beat.Class == "N").Take(ExplainedBeats).OrderBy(beat => beat.TimeS).ToArray();
        var strips = whole ?? new Dictionary<string, SignalAnswer>();
        var (found, total) = (new List<Attribution>(), Math.Max(1, strips.Count + chosen.Length));
        ShareOf Next() => new(progress, (double)found.Count / total, 1.0 / total);
        foreach (var (name, answer) in strips)
        {
            var lead = leads.First(lead => lead.Name == answer.Lead);
            found.Add(OfStrip(name, lead, answer.Class, lead.TimeOf(Math.Max(0, Array.FindIndex(lead.Mv, float.IsFinite))), Next(), cancellationToken));
        }
        foreach (var beat in chosen)
            found.Add(OfBeat(beatModel!, leads.First(lead => lead.Name == beat.Lead), beat.TimeS, beat.Class, Next(), cancellationToken));
        return found;
    }

    private ModelManifest ManifestOf(string name) => models.Manifests.FirstOrDefault(manifest => manifest.Name == name)
        ?? throw new ArgumentException($"There is no signal model named '{name}'.", nameof(name));

    private static int IndexOf(ModelManifest manifest, string label)
    {
        for (var i = 0; i < manifest.Labels.Count; i++)
            if (manifest.Labels[i] == label)
                return i;
        throw new ArgumentException($"The model '{manifest.Name}' has no class '{label}'.", nameof(label));
    }

    private static LeadSignal Part(LeadSignal lead, double fromS, double toS)
    {
        var from = Math.Clamp((int)Math.Round((fromS - lead.StartS) * lead.SampleRateHz), 0, lead.Mv.Length);
        var to = Math.Clamp((int)Math.Round((toS - lead.StartS) * lead.SampleRateHz), from, lead.Mv.Length);
        return lead with { Mv = lead.Mv[from..to], StartS = lead.TimeOf(from) };
    }
}
