namespace EcgImageWeb.Client.Result;

/// <summary>Order of the leads.</summary>
public enum LeadSort
{
    /// <summary>As on the page.</summary>
    Page,

    /// <summary>Those that give the page's class the least probability first.</summary>
    Disagreement,
}
