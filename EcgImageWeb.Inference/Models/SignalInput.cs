using System.Text.Json.Nodes;

namespace EcgImageWeb.Inference.Models;

/// <summary>
/// What a signal model is to be given: <c>input.preprocessing</c> of its manifest. Amplitudes are mV; how they are normalized is part of the graph, so
/// that nobody who asks a model can forget it.
/// </summary>
/// <param name="Kind"><see cref="Window"/>, <see cref="MeasuredWindow"/> or <see cref="BeatMeasures"/>.</param>
/// <param name="SampleRateHz">Rate the lead is resampled to.</param>
/// <param name="Samples">Samples of one window at that rate.</param>
/// <param name="Filter">What the lead is filtered with: <see cref="NoFilter"/> or <see cref="BeatFilter"/>.</param>
public sealed record SignalInput(string Kind, double SampleRateHz, int Samples, string Filter = SignalInput.NoFilter)
{
    /// <summary>A stretch of one lead; what is shorter ends with its last value repeated.</summary>
    public const string Window = "signal-window";

    /// <summary>The same, and behind its samples the measures of <c>Signal/Rhythms/RhythmMeasures.cs</c> of what is known of them; 200 samples a second.</summary>
    public const string MeasuredWindow = "signal-window-and-measures";

    /// <summary>A beat in the measures of <c>Signal/Beats/BeatMeasures.cs</c>, relative to its recording.</summary>
    public const string BeatMeasures = "beat-measures";

    /// <summary>The signal as it is.</summary>
    public const string NoFilter = "none";

    /// <summary>High-pass 0.5 Hz and low-pass 45 Hz (Butterworth, second order, zero phase).</summary>
    public const string BeatFilter = "high-pass-0.5hz,low-pass-45hz";

    /// <summary>Rate that the measures of a window are taken at.</summary>
    private const double MeasuredRateHz = 200;

    /// <summary>Whether a stretch of a lead is asked about, and not a beat.</summary>
    public bool IsWindow => Kind is Window or MeasuredWindow;

    /// <summary>Length of a window in seconds.</summary>
    public double Seconds => Samples / SampleRateHz;

    /// <summary>The same as the manifest's field.</summary>
    /// <param name="steps">The preparation in words.</param>
    public JsonObject ToJson(string steps) => new()
    {
        ["kind"] = Kind,
        ["sample_rate_hz"] = SampleRateHz,
        ["samples"] = Samples,
        ["unit"] = "mV",
        ["filter"] = Filter,
        ["normalization"] = IsWindow ? "in the graph" : "relative to the recording",
        ["padding"] = "last value",
        ["steps"] = steps,
    };

    /// <summary>What a manifest says.</summary>
    /// <param name="manifest">A signal model's.</param>
    /// <exception cref="ModelException">A field is missing, or says what this program does not do (<see cref="ModelFault.BadManifest"/>).</exception>
    public static SignalInput Of(ModelManifest manifest)
    {
        var said = manifest.Input.Preprocessing;
        var (kind, filter) = (Text("kind"), said.ContainsKey("filter") ? Text("filter") : NoFilter);
        if (kind is not (Window or MeasuredWindow or BeatMeasures) || filter != (kind == BeatMeasures ? BeatFilter : NoFilter))
            throw Fault($"an input of kind '{kind}' with the filter '{filter}' is not known; known are {Window} and {MeasuredWindow} with {NoFilter} and {BeatMeasures} with {BeatFilter}");
        var (rateHz, samples) = (Number("sample_rate_hz"), Number("samples"));
        if (kind == MeasuredWindow && rateHz != MeasuredRateHz)
            throw Fault($"measures are taken at {MeasuredRateHz} samples a second");
        return rateHz > 0 && samples >= 1 && samples == Math.Floor(samples)
            ? new SignalInput(kind, rateHz, (int)samples, filter)
            : throw Fault("'sample_rate_hz' and 'samples' must be above zero");

        string Text(string name) => said[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw Fault($"'{name}' is missing");

        double Number(string name) => said[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : throw Fault($"'{name}' is missing");

        ModelException Fault(string what) => new(ModelFault.BadManifest, $"The preprocessing of the signal model '{manifest.Name}' cannot be done: {what}.");
    }
}
