namespace EcgImageWeb.Client.Words;

/// <summary>The stages of an analysis in words, in their order.</summary>
internal static class StageWords
{
    /// <summary>Stages by key.</summary>
    public static IReadOnlyList<(string Key, string Name)> All { get; } =
    [
        ("decode", "Open the picture"),
        ("upright", "Turn it upright, find the scale"),
        ("layout", "Find the leads"),
        ("leads", "Cut and clean the leads"),
        ("trace", "Follow the traces"),
        ("inference", "Ask the models"),
        ("signals", "Read the signals"),
        ("signal-models", "Tell rhythm and beats"),
        ("files", "Save the result"),
    ];

    /// <summary>A stage's name.</summary>
    public static string Name(string key) => key == "draw" ? "Draw the page" : All.FirstOrDefault(stage => stage.Key == key).Name ?? key;
}
