namespace EcgImageWeb.Vision.Layout;

/// <summary>What a printed pixel of a report template belongs to; the values are the gray levels in its marks picture.</summary>
internal enum MarkKind : byte
{
    /// <summary>Calibration pulse.</summary>
    Pulse = 64,

    /// <summary>Line between two columns.</summary>
    Separator = 128,

    /// <summary>Printed lead name.</summary>
    Label = 192,

    /// <summary>Third stroke of the strip's name, there only where it reads III.</summary>
    ThirdStroke = 255,
}
