namespace EcgImageWeb.Client.Correct;

/// <summary>What of a page is being corrected.</summary>
internal enum CorrectMode
{
    /// <summary>Boxes and names of the leads, speed and gain.</summary>
    Leads,

    /// <summary>A piece of a trace.</summary>
    Trace,

    /// <summary>Corners, way up and scale.</summary>
    Page,
}
