using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Client.Result;

/// <summary>Leads in words.</summary>
internal static class LeadWords
{
    /// <summary>The lead's name; a rhythm strip says so, because its lead stands in a column as well.</summary>
    public static string Name(LeadResult lead) =>
        lead.Key.StartsWith("rhythm", StringComparison.Ordinal) ? $"{lead.Name} (rhythm strip)" : lead.Name;

    /// <summary>File ending of a picture.</summary>
    public static string Ending(LeadPicture picture) => picture switch
    {
        LeadPicture.Raw => "raw",
        LeadPicture.Smoothed => "smooth",
        _ => "binary",
    };
}
