namespace EcgImageWeb.Vision.Synthesis;

/// <summary>How a page became a picture.</summary>
public enum PageLook
{
    /// <summary>As the program drew it.</summary>
    Clean,

    /// <summary>Printed and scanned, or copied.</summary>
    Scan,

    /// <summary>Printed and photographed.</summary>
    Photo,
}
