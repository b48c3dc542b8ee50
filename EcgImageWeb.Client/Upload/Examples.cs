namespace EcgImageWeb.Client.Upload;

/// <summary>The pages for someone who has none at hand (wwwroot/examples).</summary>
internal static class Examples
{
    /// <summary>File name in <c>/examples</c> and what it shows.</summary>
    public static IReadOnlyList<(string File, string Name)> All { get; } =
    [
        ("normal.jpg", "Normal"),
        ("abnormal.jpg", "Abnormal heartbeat"),
        ("infarction.jpg", "Myocardial infarction"),
    ];
}
