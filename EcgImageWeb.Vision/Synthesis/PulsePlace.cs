namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Where the 1 mV calibration pulse of each row stands.</summary>
public enum PulsePlace
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Before time zero.</summary>
    Left,

    /// <summary>After the last sample.</summary>
    Right,
}
