using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis.Attributions;

/// <summary>Why the models say what they say of a page: of models that read its traces by occlusion in the traces, of signal models in the digitized leads.</summary>
/// <param name="library">Where the models are; owned by the caller.</param>
/// <param name="signals">The signal models; null for none.</param>
public sealed class PageAttribution(ModelLibrary library, SignalModels? signals)
{
    /// <summary>Length of the straight line, seconds, as in signals.</summary>
    public const double WidthS = Occlusion.WidthS;

    /// <summary>Time from one line's middle to the next, seconds: a page has 40 s of traces.</summary>
    public const double StepS = 0.1;

    private const int Together = 16;

    /// <summary>The analysis with the field <c>why</c>.</summary>
    /// <param name="analysis">A finished analysis.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public PageAnalysis With(PageAnalysis analysis, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var why = new List<Attribution>();
        foreach (var (name, answer) in analysis.Result.Page.ImageModels ?? new Dictionary<string, PageClass>())
            if (ModelInputKind.Of(library.Get(name).Manifest) == ModelInputKind.PageTraces)
                why.AddRange(OfTraces(analysis, name, answer.Class, new ShareOf(progress, 0, 0.5), cancellationToken));
        if (signals is not null && analysis.Signals is { } digitized)
        {
            why.AddRange(new SignalAttribution(signals).OfAnswers(
                [.. digitized.Leads.Select(lead => lead.Signal)], analysis.Result.Page.SignalModels, analysis.Result.Page.Beats, new ShareOf(progress, 0.5, 0.5), cancellationToken));
        }
        return analysis with { Result = analysis.Result with { Why = why } };
    }

    /// <summary>Why a model that reads traces says a class, lead by lead.</summary>
    /// <param name="analysis">An analysis in which it answered.</param>
    /// <param name="name">The model.</param>
    /// <param name="label">The class.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One entry a lead; <see cref="Attribution.Lead"/> is its key.</returns>
    public IReadOnlyList<Attribution> OfTraces(PageAnalysis analysis, string name, string label, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var model = library.Get(name);
        var index = model.Manifest.Labels.Index().First(entry => entry.Item == label).Index;
        var traces = analysis.Traces.ToArray();
        double[] Ask(IReadOnlyList<float[]> inputs) =>
            [.. model.Run([.. inputs.SelectMany(input => input)], [inputs.Count, PageInput.Length], cancellationToken).Select(row => (double)row[index])];
        var whole = Ask([PageInput.From(analysis.Page, traces)])[0];
        var steps = traces.SelectMany((trace, lead) => Enumerable.Range(0, (int)Math.Round((trace.Place.EndS - trace.Place.StartS) / StepS)).Select(step => (Lead: lead, Step: step))).ToArray();
        var values = traces.Select((_, lead) => new double[steps.Count(step => step.Lead == lead)]).ToArray();
        var done = 0;
        foreach (var batch in steps.Chunk(Together))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answers = Ask([.. batch.Select(step =>
            {
                var variant = (LeadTrace[])traces.Clone();
                variant[step.Lead] = Without(traces[step.Lead], (step.Step + 0.5) * StepS);
                return PageInput.From(analysis.Page, variant);
            })]);
            for (var i = 0; i < batch.Length; i++)
                values[batch[i].Lead][batch[i].Step] = Math.Round(whole - answers[i], 4);
            progress?.Report((double)(done += batch.Length) / steps.Length);
        }
        return [.. traces.Select((trace, lead) => new Attribution(name, label, trace.Place.Key, null, trace.Place.StartS, StepS, values[lead]))];
    }

    /// <summary>A trace with a straight line around a moment; columns without ink stay without.</summary>
    private static LeadTrace Without(LeadTrace trace, double atS)
    {
        var row = (float[])trace.Row.Clone();
        var perS = row.Length / (trace.Place.EndS - trace.Place.StartS);
        var from = Math.Clamp((int)Math.Floor((atS - (WidthS / 2)) * perS), 0, row.Length - 1);
        var to = Math.Clamp((int)Math.Ceiling((atS + (WidthS / 2)) * perS), 0, row.Length - 1);
        while (from < to && float.IsNaN(row[from]))
            from++;
        while (to > from && float.IsNaN(row[to]))
            to--;
        for (var x = from + 1; x < to; x++)
            if (!float.IsNaN(row[x]))
                row[x] = row[from] + ((row[to] - row[from]) * (x - from) / (to - from));
        return trace with { Row = row };
    }
}
