using EcgImageWeb.Vision.Layout;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Everything that is chosen about a page before ink meets paper. The defaults are a plain landscape A4 page of ten seconds.</summary>
public sealed record PageDesign
{
    /// <summary>How the leads are arranged.</summary>
    public required PageFormat Format { get; init; }

    /// <summary>Leads of the long strips, from the top; as many as the format has.</summary>
    public IReadOnlyList<string> RhythmLeads { get; init; } = [];

    /// <summary>Width of the sheet.</summary>
    public double WidthMm { get; init; } = 297;

    /// <summary>Height of the sheet.</summary>
    public double HeightMm { get; init; } = 210;

    /// <summary>Pixels across a millimetre.</summary>
    public double PxPerMmX { get; init; } = 5;

    /// <summary>Pixels down a millimetre; need not be those across.</summary>
    public double PxPerMmY { get; init; } = 5;

    /// <summary>Paper speed.</summary>
    public double MmPerS { get; init; } = 25;

    /// <summary>Gain.</summary>
    public double MmPerMv { get; init; } = 10;

    /// <summary>Length of the page's time axis; each column shows its share.</summary>
    public double Seconds { get; init; } = 10;

    /// <summary>True: every column starts at time zero; false: each goes on where the one before ended.</summary>
    public bool ColumnsSimultaneous { get; init; }

    /// <summary>Where time zero is, from the left edge of the sheet.</summary>
    public double LeftMm { get; init; } = 20;

    /// <summary>Zero line of the first row, from the upper edge.</summary>
    public double TopMm { get; init; } = 60;

    /// <summary>From one row's zero line to the next one's.</summary>
    public double RowMm { get; init; } = 35;

    /// <summary>Blank paper between columns.</summary>
    public double ColumnGapMm { get; init; }

    /// <summary>Paper and ruling.</summary>
    public required GridDesign Grid { get; init; }

    /// <summary>Width of the trace.</summary>
    public double PenMm { get; init; } = 0.35;

    /// <summary>Over how many pixels the edge of the ink goes from full to nothing; 1 is plain anti-aliasing.</summary>
    public double PenSoftPx { get; init; } = 1;

    /// <summary>Colour of traces, pulses and separators.</summary>
    public Colour Pen { get; init; }

    /// <summary>Colour of the print.</summary>
    public Colour Print { get; init; }

    /// <summary>Letters of the print.</summary>
    public HersheyFonts Font { get; init; }

    /// <summary>Height of the capital letters of lead names.</summary>
    public double LabelMm { get; init; } = 2.5;

    /// <summary>Where lead names stand.</summary>
    public LabelPlace Labels { get; init; }

    /// <summary>Where the calibration pulse stands.</summary>
    public PulsePlace Pulse { get; init; } = PulsePlace.Left;

    /// <summary>Width of the pulse's top.</summary>
    public double PulseMm { get; init; } = 5;

    /// <summary>What stands between columns.</summary>
    public SeparatorKind Separators { get; init; }

    /// <summary>Print around the leads.</summary>
    public IReadOnlyList<PageText> Texts { get; init; } = [];

    /// <summary>Width of the flat page in pixels.</summary>
    public int WidthPx => Math.Max(1, (int)Math.Round(WidthMm * PxPerMmX));

    /// <summary>Height of the flat page in pixels.</summary>
    public int HeightPx => Math.Max(1, (int)Math.Round(HeightMm * PxPerMmY));

    /// <summary>The same page drawn <paramref name="widthPx"/> pixels wide.</summary>
    public PageDesign AtWidth(int widthPx) =>
        this with { PxPerMmX = widthPx / WidthMm, PxPerMmY = widthPx / WidthMm * PxPerMmY / PxPerMmX };
}
