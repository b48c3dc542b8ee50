namespace EcgImageWeb.Vision.Synthesis;

/// <summary>What is printed where one column ends and the next begins.</summary>
public enum SeparatorKind
{
    /// <summary>Nothing: the traces touch.</summary>
    None,

    /// <summary>A short stroke through the zero line.</summary>
    Stroke,

    /// <summary>A dash above and one below the zero line.</summary>
    Dashes,

    /// <summary>A bar down all rows.</summary>
    Bar,
}
