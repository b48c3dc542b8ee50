namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Where a lead's name is printed.</summary>
public enum LabelPlace
{
    /// <summary>Over the beginning of the trace, a little above its zero line.</summary>
    OverStart,

    /// <summary>Above the beginning of the trace.</summary>
    Above,

    /// <summary>Below the beginning of the trace.</summary>
    Below,

    /// <summary>Left of the first column; over the beginning in the others.</summary>
    Left,
}
