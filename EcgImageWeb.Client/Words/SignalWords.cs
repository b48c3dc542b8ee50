using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Client.Words;

/// <summary>Signal models and their classes in words. Class names repeat between models: N is a normal beat, a normal segment or no fibrillation.</summary>
internal static class SignalWords
{
    // The order in which answers are shown.
    private static readonly string[] Order = ["rhythm", "af", "segments"];

    /// <summary>The answers in the order to show them.</summary>
    public static IEnumerable<KeyValuePair<string, SignalAnswer>> InOrder(IReadOnlyDictionary<string, SignalAnswer>? answers) =>
        (answers ?? new Dictionary<string, SignalAnswer>()).OrderBy(answer => Array.IndexOf(Order, answer.Key) is var at && at < 0 ? Order.Length : at);

    /// <summary>What a model tells.</summary>
    public static string Model(string model) => model switch
    {
        "rhythm" => "Rhythm",
        "af" => "Atrial fibrillation",
        "segments" => "Beats of ten seconds",
        "beats" => "Beats",
        _ => model,
    };

    /// <summary>A model's class.</summary>
    public static string Class(string model, string label) => (model, label) switch
    {
        (_, "normal-sinus") => "Normal sinus rhythm",
        (_, "atrial-fibrillation") => "Atrial fibrillation",
        (_, "atrial-flutter") => "Atrial flutter",
        (_, "first-degree-av-block") => "First-degree AV block",
        (_, "sinus-bradycardia") => "Sinus bradycardia",
        (_, "sinus-tachycardia") => "Sinus tachycardia",
        (_, "pvc") => "Ventricular ectopics",
        ("af", "N") => "None",
        ("af", "A") => "Present",
        ("segments", "N") => "Normal",
        ("segments", "V") => "Ventricular ectopics",
        ("segments", "A") => "Atrial ectopics",
        ("segments", "L") => "Left bundle branch block",
        ("segments", "R") => "Right bundle branch block",
        ("beats", "N") => "Normal beat",
        ("beats", "S") => "Supraventricular ectopic",
        ("beats", "V") => "Ventricular ectopic",
        ("beats", "F") => "Fusion beat",
        ("beats", "Q") => "Paced or unclassifiable",
        _ => label,
    };

    /// <summary>The style class of a beat.</summary>
    public static string BeatStyle(string label) => "beat-" + label.ToLowerInvariant();

    /// <summary>A record or page in a few words.</summary>
    public static string Summary(PageResult page) => string.Join(" · ",
    [
        .. InOrder(page.SignalModels).Take(1).Select(answer => Class(answer.Key, answer.Value.Class)),
        .. page.Measurements?.HeartRateBpm is { } rate ? [$"{rate:0}/min"] : Array.Empty<string>(),
    ]) is { Length: > 0 } words ? words : "Recording";
}
