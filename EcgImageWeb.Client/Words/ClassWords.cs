namespace EcgImageWeb.Client.Words;

/// <summary>The classes in words, and the sign that goes with the colour: no class is told by colour alone.</summary>
internal static class ClassWords
{
    /// <summary>A class's name as a heading.</summary>
    public static string Name(string key) => key switch
    {
        "normal" => "Normal",
        "abnormal" => "Abnormal heartbeat",
        "mi" => "Myocardial infarction",
        "history-mi" => "History of MI",
        _ => key,
    };

    /// <summary>A short name for bars and tables.</summary>
    public static string Short(string key) => key switch
    {
        "normal" => "Normal",
        "abnormal" => "Abnormal",
        "mi" => "MI",
        "history-mi" => "History of MI",
        _ => key,
    };

    /// <summary>A sign of its own shape.</summary>
    public static string Sign(string key) => key switch
    {
        "normal" => "●",
        "abnormal" => "▲",
        "mi" => "■",
        "history-mi" => "◆",
        _ => "○",
    };

    /// <summary>The style class with its colour.</summary>
    public static string Style(string key) => "class-" + key;
}
