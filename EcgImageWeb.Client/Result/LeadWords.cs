using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Client.Words;

namespace EcgImageWeb.Client.Result;

/// <summary>Leads in words.</summary>
internal static class LeadWords
{
    /// <summary>Below this a lead has gaps worth a word, and below that a person should look.</summary>
    private const double Complete = 0.995, Sure = 0.6;

    /// <summary>The lead's name; a rhythm strip says so, because its lead stands in a column as well.</summary>
    public static string Name(LeadResult lead) =>
        lead.Key.StartsWith("rhythm", StringComparison.Ordinal) ? $"{lead.Name} (rhythm strip)" : lead.Name;

    /// <summary>What was assumed about a lead, and what of it is uncertain, in a sentence or two; empty where nothing is.</summary>
    public static string Doubts(LeadResult lead, IEnumerable<Warning> warnings)
    {
        var said = warnings.Where(warning => warning.Lead == lead.Key || warning.Lead == lead.Name).Select(warning => warning.Message).ToList();
        if (lead.Coverage < Complete)
            said.Add($"{Phrases.Percent(Math.Round(1 - lead.Coverage, 2))} of its time shows no trace; it is left empty.");
        if (lead.Confidence < Sure)
            said.Add("The ink on the page is not quite what this signal would leave: look at it on the page.");
        return string.Join(' ', said);
    }

    /// <summary>File ending of a picture.</summary>
    public static string Ending(LeadPicture picture) => picture switch
    {
        LeadPicture.Raw => "raw",
        LeadPicture.Smoothed => "smooth",
        _ => "binary",
    };
}
