namespace EcgImageWeb.Client.Upload;

/// <summary>Something to try for someone who has no page at hand (wwwroot/examples).</summary>
internal static class Examples
{
    /// <summary>File name in <c>/examples</c>, its picture in <c>/examples/thumbnails</c>, and what it is.</summary>
    public static IReadOnlyList<(string File, string Picture, string Name)> All { get; } =
    [
        ("normal.jpg", "normal.jpg", "Report, normal"),
        ("infarction.jpg", "infarction.jpg", "Report, myocardial infarction"),
        ("photo.jpg", "photo.jpg", "Phone photo"),
        ("atrial-fibrillation.zip", "atrial-fibrillation.jpg", "Recording, atrial fibrillation"),
    ];
}
