namespace EcgImageWeb.Client.Words;

/// <summary>Models and aggregations in words.</summary>
internal static class ModelWords
{
    /// <summary>What a choice of model says.</summary>
    public static string Name(string model) => model switch
    {
        "page" => "page: all leads at once",
        "cnn" => "cnn: lead by lead",
        "crnn" => "crnn: lead by lead",
        "rhythm" => "rhythm: ten seconds of one lead",
        "af" => "af: atrial fibrillation in ten seconds of one lead",
        "segments" => "segments: the beats of ten seconds of one lead",
        "beats" => "beats: beat by beat",
        "ink" => "ink: which ink on a page is a trace's",
        _ => model,
    };

    /// <summary>What a choice of aggregation says.</summary>
    public static string Aggregation(string name) => name switch
    {
        "mean" => "mean probability",
        "majority" => "majority of the leads",
        "confidence" => "weighted by confidence",
        "maximum" => "surest lead",
        _ => name,
    };
}
