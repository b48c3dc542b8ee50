namespace EcgImageWeb.Vision.Synthesis;

/// <summary>What a photographed sheet lies on.</summary>
public enum BackgroundKind
{
    /// <summary>One colour, a little uneven.</summary>
    Plain,

    /// <summary>Boards with a grain.</summary>
    Wood,

    /// <summary>Woven cloth.</summary>
    Cloth,
}
