using EcgImageWeb.Vision;

namespace EcgImageWeb.Tests.Pages;

/// <summary>A page that was drawn, and what was drawn on it.</summary>
/// <param name="Pixels">BGR.</param>
/// <param name="Rows">For each lead key (I to V6, rhythm): the drawn continuous row in every page column of its trace.</param>
/// <param name="FirstColumn">For each lead key: the page column of the first of them.</param>
public sealed record DrawnPage(Raster Pixels, IReadOnlyDictionary<string, double[]> Rows, IReadOnlyDictionary<string, int> FirstColumn);
