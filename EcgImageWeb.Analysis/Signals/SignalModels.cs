using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>Asks the signal models about leads, and measures rate and intervals. Which model wants which input, its manifest says.</summary>
/// <param name="library">Where the models are; owned by the caller.</param>
public sealed class SignalModels(ModelLibrary library)
{
    private const int BatchSize = 32, BeatBatchSize = 256;

    // The detector's and delineator's filters need frequencies up to 25 Hz.
    private const double LeastRateHz = 50;

    /// <summary>The signal models there are.</summary>
    public IReadOnlyList<ModelManifest> Manifests { get; } = [.. library.Manifests.Where(manifest => manifest.Task == ModelTask.Signal)];

    /// <summary>Asks the models about leads that were recorded or printed together.</summary>
    /// <param name="leads">The leads; each that is long enough gets its own answer, the longest speaks for all.</param>
    /// <param name="names">Models to ask; null for every one there is.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between and inside models.</param>
    /// <exception cref="ModelException">A model's file is damaged, or wants what this program does not do.</exception>
    public SignalAnswers Ask(IReadOnlyList<LeadSignal> leads, IReadOnlyList<string>? names, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leads);
        var asked = Manifests.Where(manifest => names is null || names.Contains(manifest.Name)).Select(manifest => (Manifest: manifest, Input: SignalInput.Of(manifest))).ToArray();
        var answers = leads.Select(_ => new Dictionary<string, SignalAnswer>()).ToArray();
        var (whole, notes) = (new Dictionary<string, SignalAnswer>(), new List<Note>());
        var strip = StripChoice.Of(leads);
        if (strip < 0)
            return Answers(null, null);

        // Beats of a day outweigh its windows; of a strip both are quick.
        var (done, steps) = (0, asked.Length + 1.0);
        foreach (var (manifest, input) in asked.Where(model => model.Input.IsWindow))
        {
            var share = done;
            AskWindows(library.Get(manifest.Name), input, leads, answers, new ShareOf(progress, share / steps, 1 / steps), cancellationToken);
            if (answers[strip].TryGetValue(manifest.Name, out var answer))
            {
                var own = answers.Select(lead => lead.GetValueOrDefault(manifest.Name)?.Class).OfType<string>().ToArray();
                whole[manifest.Name] = answer with { Lead = leads[strip].Name, Agreement = Math.Round((double)own.Count(name => name == answer.Class) / own.Length, 4) };
            }
            progress?.Report(++done / steps);
        }

        var lead = leads[strip];
        if (lead.SampleRateHz < LeastRateHz)
        {
            notes.Add(new Note("rate-too-low", $"Lead {lead.Name} has {lead.SampleRateHz:0.##} samples a second; beats and intervals need {LeastRateHz:0} or more.", lead.Name));
            return Answers(null, null);
        }
        var rPeaks = RPeakDetector.Detect(lead);
        cancellationToken.ThrowIfCancellationRequested();
        var measurements = IntervalMeasurement.Of(leads, lead, rPeaks, cancellationToken);
        progress?.Report(++done / steps);
        IReadOnlyList<BeatAnswer>? beats = null;
        foreach (var (manifest, _) in asked.Where(model => model.Input.Kind == SignalInput.BeatMeasures).Take(1))
        {
            beats = AskBeats(library.Get(manifest.Name), lead, rPeaks, new ShareOf(progress, done / steps, 1 / steps), cancellationToken);
            progress?.Report(++done / steps);
        }
        return Answers(measurements, beats);

        SignalAnswers Answers(Measurements? measured, IReadOnlyList<BeatAnswer>? found) => new(
            [.. answers.Select(lead => lead.Count == 0 ? null : lead)],
            whole.Count == 0 ? null : whole, measured, found is { Count: 0 } ? null : found,
            [.. asked.Where(model => whole.ContainsKey(model.Manifest.Name) || (found is not null && model.Input.Kind == SignalInput.BeatMeasures))
                .Select(model => new ModelInfo(model.Manifest.Name, model.Manifest.Version, model.Manifest.Sha256))],
            notes);
    }

    /// <summary>The probabilities a window model gives each of some leads, the mean over its windows; for attribution and measures.</summary>
    /// <param name="name">The model.</param>
    /// <param name="leads">Leads of at least <see cref="LeadWindows.LeastS"/>.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public IReadOnlyList<double[]?> Probabilities(string name, IReadOnlyList<LeadSignal> leads, CancellationToken cancellationToken)
    {
        var model = library.Get(name);
        return Means(model, [.. leads.Select(lead => LeadWindows.Of(lead, SignalInput.Of(model.Manifest)))], null, cancellationToken);
    }

    /// <summary>The probabilities a beat model gives one beat of each of some variants of a lead.</summary>
    /// <param name="name">The model.</param>
    /// <param name="variants">Leads of one length and rate.</param>
    /// <param name="rPeaks">The R peaks they have in common.</param>
    /// <param name="beat">Which of them is asked about.</param>
    /// <param name="cancellationToken">Stops between variants.</param>
    public IReadOnlyList<double[]> BeatProbabilities(string name, IReadOnlyList<LeadSignal> variants, IReadOnlyList<int> rPeaks, int beat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(variants);
        var inputs = new float[variants.Count][];
        for (var variant = 0; variant < inputs.Length; variant++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            inputs[variant] = BeatInputs.One(variants[variant], rPeaks, beat);
        }
        return [.. Run(library.Get(name), inputs, cancellationToken).Select(row => Array.ConvertAll(row, p => (double)p))];
    }

    private static void AskWindows(
        Model model, SignalInput input, IReadOnlyList<LeadSignal> leads, Dictionary<string, SignalAnswer>[] answers, ShareOf progress, CancellationToken cancellationToken)
    {
        var windows = leads.Select(lead => LeadWindows.Of(lead, input)).ToArray();
        var means = Means(model, windows, progress, cancellationToken);
        for (var lead = 0; lead < leads.Count; lead++)
        {
            if (means[lead] is not { } mean)
                continue;
            var count = windows[lead].Inputs.Count;
            answers[lead][model.Manifest.Name] = new SignalAnswer(
                model.Manifest.Labels[mean.AsSpan().IndexOf(mean.Max())], ImageAnswers.ByClass(model.Manifest.Labels, mean), Note: windows[lead].Note, Windows: count > 1 ? count : null);
        }
    }

    private static double[]?[] Means(Model model, LeadWindows[] windows, ShareOf? progress, CancellationToken cancellationToken)
    {
        var classes = model.Manifest.Labels.Count;
        var sums = windows.Select(lead => lead.Inputs.Count == 0 ? null : new double[classes]).ToArray();
        var all = windows.SelectMany((lead, index) => lead.Inputs.Select(window => (Lead: index, Window: window))).ToArray();
        var done = 0;
        foreach (var batch in all.Chunk(BatchSize))
        {
            var rows = Run(model, [.. batch.Select(item => item.Window)], cancellationToken);
            for (var i = 0; i < batch.Length; i++)
                for (var label = 0; label < classes; label++)
                    sums[batch[i].Lead]![label] += rows[i][label] / windows[batch[i].Lead].Inputs.Count;
            progress?.Report((double)(done += batch.Length) / all.Length);
        }
        return sums;
    }

    private static BeatAnswer[] AskBeats(Model model, LeadSignal lead, int[] rPeaks, ShareOf progress, CancellationToken cancellationToken)
    {
        var beats = new List<BeatAnswer>(rPeaks.Length);
        foreach (var block in BeatInputs.Of(lead, rPeaks))
        {
            foreach (var batch in block.Chunk(BeatBatchSize))
            {
                foreach (var row in Run(model, batch, cancellationToken))
                {
                    var top = row.AsSpan().IndexOf(row.Max());
                    beats.Add(new BeatAnswer(lead.Name, Math.Round(lead.TimeOf(rPeaks[beats.Count]), 4), model.Manifest.Labels[top], Math.Round(row[top], 4)));
                }
                progress.Report((double)beats.Count / rPeaks.Length);
            }
        }
        return [.. beats];
    }

    private static float[][] Run(Model model, float[][] inputs, CancellationToken cancellationToken) => model.Run(
        [.. inputs.SelectMany(input => input)],
        [inputs.Length, .. model.Manifest.Input.Shape.Skip(1).Select(axis => axis.Length ?? throw new ModelException(ModelFault.BadManifest, $"The signal model '{model.Manifest.Name}' leaves an axis of its input open."))],
        cancellationToken);
}
