namespace EcgImageWeb.Vision;

/// <summary>The stable refusal codes of docs/formats.md.</summary>
public static class RefusalCode
{
    /// <summary>No bytes.</summary>
    public const string Empty = "empty";

    /// <summary>More bytes than the limit.</summary>
    public const string TooLarge = "too-large";

    /// <summary>The header claims more pixels than the limit.</summary>
    public const string TooManyPixels = "too-many-pixels";

    /// <summary>Not a picture in any known format.</summary>
    public const string NotAnImage = "not-an-image";

    /// <summary>A known format whose content is broken.</summary>
    public const string Damaged = "damaged";

    /// <summary>A known format, or a kind of it, that is not read.</summary>
    public const string Unsupported = "unsupported";

    /// <summary>A picture, but not of an ECG.</summary>
    public const string NotAnEcg = "not-an-ecg";

    /// <summary>An ECG whose leads could not be located.</summary>
    public const string NoLayout = "no-layout";

    /// <summary>An ECG without anything to measure by.</summary>
    public const string NoScale = "no-scale";

    /// <summary>Stopped by the person.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The queue is full.</summary>
    public const string Busy = "busy";
}
