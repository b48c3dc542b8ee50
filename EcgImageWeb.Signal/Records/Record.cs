namespace EcgImageWeb.Signal.Records;

/// <summary>A recording: channels that begin at the same moment.</summary>
/// <param name="Name">Name of the record, without folder and suffix.</param>
/// <param name="SampleRateHz">Frames per second; a channel with several samples a frame has its own rate.</param>
/// <param name="Signals">The channels in the order of the header.</param>
/// <param name="Comments">Comment lines of the header without their <c>#</c>.</param>
/// <param name="Start">Date and time of the first sample, if the header tells both.</param>
public sealed record Record(
    string Name, double SampleRateHz, IReadOnlyList<RecordSignal> Signals,
    IReadOnlyList<string> Comments, DateTime? Start = null)
{
    /// <summary>Length in seconds of the longest channel.</summary>
    public double DurationS => Signals.Count == 0 ? 0 : Signals.Max(signal => signal.Samples.Length / signal.SampleRateHz);

    /// <summary>The channel of this name, upper and lower case alike; null when there is none.</summary>
    public RecordSignal? Find(string name) =>
        Signals.FirstOrDefault(signal => string.Equals(signal.Name, name, StringComparison.OrdinalIgnoreCase));
}
