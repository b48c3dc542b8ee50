using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Analysis.Attributions;

/// <summary>Explanations from the signals that an analysis left behind.</summary>
/// <param name="analyses">Where these are.</param>
/// <param name="models">The models.</param>
public sealed class Explanations(IAnalyses analyses, SignalModels models) : IExplanations, IDisposable
{
    // Each keeps all cores busy for seconds.
    private readonly SemaphoreSlim turns = new(1);

    /// <inheritdoc/>
    public async Task<Attribution?> ExplainAsync(string id, string model, string lead, string label, double atS, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Explain(id, model, lead, label, atS, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();

    private Attribution? Explain(string id, string model, string lead, string label, double atS, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (models.Manifests.FirstOrDefault(manifest => manifest.Name == model) is not { } manifest || !manifest.Labels.Contains(label) || SignalOf(id, lead) is not { } signal)
            return null;
        var attribution = new SignalAttribution(models);
        try
        {
            return SignalInput.Of(manifest).Kind == SignalInput.BeatMeasures
                ? attribution.OfBeat(model, signal, atS, label, progress, cancellationToken)
                : attribution.OfStrip(model, signal, label, atS, progress, cancellationToken);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private LeadSignal? SignalOf(string id, string lead)
    {
        if (analyses.Find(id) is not { } state)
            return null;
        var startS = (state.Record?.Leads.Select(known => known.StartS) ?? state.Result?.Leads.Select(known => known.StartS) ?? []).DefaultIfEmpty(0).Min();
        try
        {
            return WfdbReader.Read(AnalysisFolder.SignalsName, file =>
            {
                using var stream = analyses.OpenFile(id, file) ?? throw new FileNotFoundException(null, file);
                using var content = new MemoryStream();
                stream.CopyTo(content);
                return content.ToArray();
            }).Find(lead)?.ToLead(startS);
        }
        // The files were deleted a moment ago.
        catch (RecordFormatException gone) when (gone.InnerException is IOException)
        {
            return null;
        }
    }
}
