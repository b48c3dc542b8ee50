using System.Globalization;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Filtering;
using EcgImageWeb.Signal.Rhythms;

namespace EcgImageWeb.Analysis.Signals;

/// <summary>A lead as windows of the length a model wants, each prepared as its training did.</summary>
/// <param name="Inputs">Samples in mV at the model's rate, and their measures behind them where it wants these.</param>
/// <param name="Note">What is unusual about them; null for nothing.</param>
public sealed record LeadWindows(IReadOnlyList<float[]> Inputs, string? Note)
{
    /// <summary>Less known signal than this, seconds, gets no answer: two beats at a slow rate.</summary>
    public const double LeastS = 2;

    /// <summary>Windows of one lead at most; of a longer one so many are taken evenly: two hours of 10 s.</summary>
    public const int MaxWindows = 720;

    // A page's strip may end a little early without this being worth a word.
    private const double NearlyWhole = 0.95;

    // A window of which less is known tells of the line that bridges the gap.
    private const double LeastCoverage = 0.5;

    /// <summary>The windows of a lead, one after the other from its first known sample; what is left over at the end is covered by one more where it is half a window or longer.</summary>
    /// <param name="lead">The lead; gaps are bridged.</param>
    /// <param name="input">What the model wants.</param>
    /// <returns>None where the lead is shorter than <see cref="LeastS"/>.</returns>
    public static LeadWindows Of(LeadSignal lead, SignalInput input)
    {
        ArgumentNullException.ThrowIfNull(lead);
        ArgumentNullException.ThrowIfNull(input);
        var mv = lead.Mv.AsSpan();
        var first = 0;
        while (first < mv.Length && float.IsNaN(mv[first]))
            first++;
        var end = mv.Length;
        while (end > first && float.IsNaN(mv[end - 1]))
            end--;
        var knownS = (end - first) / lead.SampleRateHz;
        if (knownS < LeastS)
            return new LeadWindows([], null);

        var length = (int)Math.Round(input.Seconds * lead.SampleRateHz);
        var starts = Enumerable.Range(0, Math.Max(1, (end - first) / length)).Select(window => first + (window * length)).ToList();
        if (end - first > length && end - starts[^1] - length >= length / 2)
            starts.Add(end - length);
        var wanted = starts.Count <= MaxWindows ? starts : [.. Enumerable.Range(0, MaxWindows).Select(window => starts[(int)((long)window * starts.Count / MaxWindows)])];
        var inputs = wanted
            .Select(start => lead.Mv.AsMemory(start, Math.Min(length, end - start)))
            .Where(window => Known(window.Span) >= LeastCoverage)
            .Select(window => Prepare(window.Span, lead.SampleRateHz, input))
            .ToArray();
        var note = inputs.Length == 0 ? null
            : knownS < NearlyWhole * input.Seconds ? string.Create(CultureInfo.InvariantCulture, $"{knownS:0.#} s, model trained on {input.Seconds:0.#} s")
            : inputs.Length < starts.Count ? $"{inputs.Length} of {starts.Count} windows" : null;
        return new LeadWindows(inputs, note);
    }

    private static double Known(ReadOnlySpan<float> window)
    {
        var known = 0;
        foreach (var value in window)
            known += float.IsNaN(value) ? 0 : 1;
        return (double)known / window.Length;
    }

    private static float[] Prepare(ReadOnlySpan<float> window, double rateHz, SignalInput input)
    {
        var samples = Resampler.Resample(Gaps.Bridge(window), rateHz, input.SampleRateHz);
        var padded = samples;
        if (samples.Length != input.Samples)
        {
            padded = new float[input.Samples];
            for (var i = 0; i < padded.Length; i++)
                padded[i] = samples[Math.Min(i, samples.Length - 1)];
        }
        // Of what is known alone: a repeated last value is a pause to whoever measures.
        return input.Kind == SignalInput.MeasuredWindow ? [.. padded, .. RhythmMeasures.Of(samples)] : padded;
    }
}
