using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>The boxes of a page's leads, in reading order of the twelve leads, the rhythm strips last.</summary>
/// <param name="Name">Layout name, for example <c>3x4+1</c>.</param>
/// <param name="From">What it was fitted by: <c>frame</c>, <c>grid</c>, <c>traces</c>, <c>template</c> or <c>user</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="ColumnsSimultaneous">Whether every column starts at second 0.</param>
/// <param name="Leads">The leads' places.</param>
/// <param name="Notes">What was assumed.</param>
public sealed record PageLayout(
    string Name,
    string From,
    double Confidence,
    bool ColumnsSimultaneous,
    IReadOnlyList<LeadPlace> Leads,
    IReadOnlyList<Note> Notes)
{
    /// <summary>What a person set by hand comes from here.</summary>
    public const string User = "user";

    /// <summary>The report's frame, where the page is a known report; its printed marks lie relative to it.</summary>
    public PageFrame? Frame { get; init; }

    /// <summary>Column of second 0 of the page's time axis, continuous pixels.</summary>
    public double TimeZeroX { get; init; }

    /// <summary>Length of its rows without blank paper between the columns, pixels of the page; null where it was not measured.</summary>
    public double? RowPx { get; init; }

    /// <summary>Paper speed, mm/s.</summary>
    public double MmPerS { get; init; } = 25;

    /// <summary>Amplitude, mm/mV.</summary>
    public double MmPerMv { get; init; } = 10;

    /// <summary>What the speed was taken from: <c>text</c>, <c>user</c> or <c>assumed</c>.</summary>
    public string SpeedFrom { get; init; } = "assumed";

    /// <summary>What the amplitude was taken from: <c>pulse</c>, <c>text</c>, <c>user</c> or <c>assumed</c>.</summary>
    public string GainFrom { get; init; } = "assumed";

    /// <summary>The calibration pulses that were found, from the top; none is part of a lead's box.</summary>
    public IReadOnlyList<CalibrationPulse> Pulses { get; init; } = [];

    /// <summary>The ink of each lead, as it was followed to place the boxes; null where boxes were given by hand.</summary>
    /// <summary>Where leads' names were read, page pixels.</summary>
    internal IReadOnlyList<PixelBox> Names { get; init; } = [];

    internal TraceInk? Ink { get; init; }
}
