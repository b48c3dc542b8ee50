using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Vision.Layout;

/// <summary>Which lead the long strip shows: its printed name, checked against the leads that run at the same time.</summary>
internal static class RhythmName
{
    /// <summary>
    /// Contrast of the third stroke of III as a share of all marks' contrast: the 82 pages that have it measure 0.62 to 0.97,
    /// the other 309 at most 0.3 but for twelve on which the trace runs through its place (up to 0.7). Between these the
    /// traces decide.
    /// </summary>
    private const double SurelyTwo = 0.24, SurelyThree = 0.76;

    /// <summary>Correlations closer than this do not contradict a name.</summary>
    private const double ClearlyBetter = 0.05;

    /// <summary>The name and where it was read; a note where name and trace disagree.</summary>
    public static (string Name, string From) Of(double thirdStroke, TraceInk ink, ReportTemplate template, List<Note> notes)
    {
        var strip = Rows(ink, ink.Strips.Count - 1);
        var byTrace = template.RhythmLeads
            .Select(name => (Name: name, Correlation: TraceCurve.Correlation(strip, Rows(ink, Array.IndexOf(template.Leads, name)))))
            .OrderByDescending(match => match.Correlation)
            .ToArray();
        if (thirdStroke is > SurelyTwo and < SurelyThree)
            return (byTrace[0].Name, "text");

        var printed = thirdStroke >= SurelyThree ? "III" : "II";
        if (byTrace[0].Correlation - byTrace.First(match => match.Name == printed).Correlation > ClearlyBetter)
            notes.Add(new Note("rhythm-name-unsure", $"The long strip is labelled {printed}, but looks more like lead {byTrace[0].Name}.", "rhythm"));
        return (printed, "text");
    }

    private static double[] Rows(TraceInk ink, int strip) => TraceCurve.Rows(ink.Tops[strip], ink.Bottoms[strip]);
}
