namespace EcgImageWeb.Vision.Decoding;

/// <summary>What a file may be at most; checked before any pixel is decoded.</summary>
/// <param name="MaxBytes">Bytes of the file.</param>
/// <param name="MaxPixels">Width x height that the header claims.</param>
public sealed record DecodeLimits(long MaxBytes = 50_000_000, long MaxPixels = 100_000_000)
{
    /// <summary>Longest side in pixels that is read: JPEG's own limit, and below the engine's of 2^20.</summary>
    public const int MaxSide = 65_535;

    /// <summary>For files that the program itself has written.</summary>
    public static DecodeLimits None { get; } = new(long.MaxValue, long.MaxValue);

    /// <summary>50 MB and 100 megapixels.</summary>
    public static DecodeLimits Default { get; } = new();
}
