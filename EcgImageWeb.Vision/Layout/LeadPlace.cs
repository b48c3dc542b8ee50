namespace EcgImageWeb.Vision.Layout;

/// <summary>Where a lead stands on the page, and which part of the time axis it covers.</summary>
/// <param name="Key">File name stem, unique on the page: <c>I</c> … <c>V6</c>, <c>rhythm</c> for the long strip, <c>rhythm1</c>, <c>rhythm2</c> … of several.</param>
/// <param name="Name">The lead: <c>I</c> … <c>V6</c>; <c>-aVR</c> where it is drawn upside down, as in Cabrera order.</param>
/// <param name="NameFrom">What the name was taken from: <c>layout</c>, <c>text</c> or <c>user</c>.</param>
/// <param name="IsRhythm">Whether this is a long strip below the columns.</param>
/// <param name="Box">Its rectangle in the upright page.</param>
/// <param name="StartS">Seconds at the left end of the box's trace.</param>
/// <param name="EndS">Seconds at the right end.</param>
public sealed record LeadPlace(string Key, string Name, string NameFrom, bool IsRhythm, PixelBox Box, double StartS, double EndS)
{
    /// <summary>Column where <see cref="StartS"/> is, continuous pixels, where blank paper stands between the columns; null where the page's time axis tells.</summary>
    public double? LeftX { get; init; }
}
