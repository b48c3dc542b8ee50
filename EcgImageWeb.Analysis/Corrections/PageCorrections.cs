using System.Text.Json.Serialization;

namespace EcgImageWeb.Analysis.Corrections;

/// <summary>What a person set by hand about one page (docs/formats.md); what is absent was left to the program.</summary>
public sealed record PageCorrections
{
    /// <summary>Corners of the sheet as [x, y] in the decoded picture: top left, top right, bottom right, bottom left.</summary>
    public IReadOnlyList<double[]>? Corners { get; init; }

    /// <summary>90, 180 or 270: how much further the page must be turned to stand upright, counter-clockwise.</summary>
    public int? TurnDeg { get; init; }

    /// <summary>Pixels a millimetre of the upright page, across.</summary>
    public double? PxPerMmX { get; init; }

    /// <summary>Pixels a millimetre of the upright page, down.</summary>
    public double? PxPerMmY { get; init; }

    /// <summary>How the leads are arranged: a name of <see cref="Vision.Layout.PageFormat.All"/>.</summary>
    public string? Layout { get; init; }

    /// <summary>Paper speed, mm/s.</summary>
    public double? MmPerS { get; init; }

    /// <summary>Gain, mm/mV.</summary>
    public double? MmPerMv { get; init; }

    /// <summary>Names and boxes of leads.</summary>
    public IReadOnlyList<LeadCorrection>? Leads { get; init; }

    /// <summary>Pieces of trace that were drawn anew.</summary>
    public IReadOnlyList<RedrawnPiece>? Redrawn { get; init; }

    /// <summary>Nothing is set.</summary>
    [JsonIgnore]
    public bool IsEmpty => Corners is null && TurnDeg is null or 0 && PxPerMmX is null && PxPerMmY is null && Layout is null && MmPerS is null && MmPerMv is null
        && Leads is null or [] && Redrawn is null or [];
}
