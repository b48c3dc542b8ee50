namespace EcgImageWeb.Signal.Records;

/// <summary>A recording's file that is damaged, incomplete, lies about its size or uses what this program does not read.</summary>
/// <param name="file">Name of the file, as its header or caller calls it.</param>
/// <param name="byteOffset">Zero-based position in that file at which reading had to stop.</param>
/// <param name="reason">What was found there and what was expected, as one sentence.</param>
/// <param name="inner">The system's own error, if one caused this.</param>
public sealed class RecordFormatException(string file, long byteOffset, string reason, Exception? inner = null)
    : Exception(FormattableString.Invariant($"{file}, byte {byteOffset}: {reason}"), inner)
{
    /// <summary>Name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Zero-based position in the file.</summary>
    public long ByteOffset { get; } = byteOffset;

    /// <summary>What was found and what was expected.</summary>
    public string Reason { get; } = reason;
}
