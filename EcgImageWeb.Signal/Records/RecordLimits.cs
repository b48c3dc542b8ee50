namespace EcgImageWeb.Signal.Records;

/// <summary>How much a reader takes into memory before it refuses, whatever a header claims.</summary>
/// <param name="MaxFileBytes">Longest single file that is read.</param>
/// <param name="MaxSamples">Most samples of all signals and segments together (four bytes each).</param>
/// <param name="MaxHeaderBytes">Longest header file.</param>
/// <param name="MaxSegments">Most segments of one record.</param>
public sealed record RecordLimits(
    long MaxFileBytes = 512L << 20,
    long MaxSamples = 128L << 20,
    int MaxHeaderBytes = 4 << 20,
    int MaxSegments = 10_000)
{
    /// <summary>The defaults: 24 hours of three leads at 360 Hz (93 million samples) fit, half a gigabyte is the end.</summary>
    public static RecordLimits Default { get; } = new();
}
