using System.Diagnostics;
using EcgImageWeb.Analysis.Attributions;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Records;

/// <summary>The way of a record: leads, signal models, measurements, and on demand the reasons. Stateless but for the shared models.</summary>
/// <param name="models">The signal models that answer.</param>
public sealed class RecordAnalyzer(SignalModels models)
{
    /// <summary>The models that can be asked for.</summary>
    public SignalModels Models => models;

    /// <summary>Analyzes one record.</summary>
    /// <param name="source">The record.</param>
    /// <param name="options">Which models and leads.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between and inside stages.</param>
    /// <exception cref="RefusalException">None of the leads asked for is there.</exception>
    public RecordAnalysis Analyze(RecordSource source, RecordOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var started = Stopwatch.GetTimestamp();
        var leads = source.Leads.Where(lead => options.Leads?.Contains(lead.Name, StringComparer.OrdinalIgnoreCase) != false).ToArray();
        if (leads.Length == 0)
            throw new RefusalException(RefusalCode.NotAnEcg, $"The record has none of the leads asked for ({string.Join(", ", options.Leads ?? [])}); it has {string.Join(", ", source.Leads.Select(lead => lead.Name))}.");
        var answers = models.Ask(leads, options.Models, options.Why ? new ShareOf(progress, 0, 0.5) : progress, cancellationToken);
        var timings = new Dictionary<string, double> { ["signal-models"] = Milliseconds(started) };
        IReadOnlyList<Attribution>? why = null;
        if (options.Why)
        {
            var asked = Stopwatch.GetTimestamp();
            why = new SignalAttribution(models).OfAnswers(leads, answers.Whole, answers.Beats, new ShareOf(progress, 0.5, 0.5), cancellationToken);
            timings["why"] = Milliseconds(asked);
        }
        timings["total"] = Milliseconds(started);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return new RecordAnalysis(
            new RecordResult(
                Version: 1,
                new RecordSourceInfo(source.Name, source.Sha256, source.Format, leads[0].SampleRateHz, Math.Round(leads.Max(lead => lead.DurationS), 4)),
                [.. leads.Select((lead, i) => new RecordLeadResult(
                    Key(lead.Name, keys), lead.Name, lead.StartS, Math.Round(lead.StartS + lead.DurationS, 4), Math.Round(lead.Coverage, 4), answers.Leads[i]))],
                new PageResult(null) { SignalModels = answers.Whole, Measurements = answers.Measurements, Beats = answers.Beats },
                answers.Models,
                [.. source.Notes.Concat(answers.Notes).Select(note => new Warning(note.Code, note.Lead, note.Message))],
                timings)
            { Why = why },
            leads);
    }

    private static string Key(string name, HashSet<string> taken)
    {
        var key = name;
        for (var n = 2; !taken.Add(key); n++)
            key = $"{name}-{n}";
        return key;
    }

    private static double Milliseconds(long started) => Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1);
}
