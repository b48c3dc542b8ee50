namespace EcgImageWeb.Vision.Synthesis;

/// <summary>How ECG paper is ruled.</summary>
public enum GridKind
{
    /// <summary>White or tinted paper without a grid.</summary>
    None,

    /// <summary>Lines every millimetre and stronger ones every 5 mm.</summary>
    Lines,

    /// <summary>Lines every 5 mm only.</summary>
    Coarse,

    /// <summary>A dot every millimetre, and every 5 mm a line of dots.</summary>
    Dots,
}
