namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Chance with a seed.</summary>
internal static class Dice
{
    public static bool Chance(Random random, double probability) => random.NextDouble() < probability;

    public static double Between(Random random, double low, double high) => low + (random.NextDouble() * Math.Max(0, high - low));

    public static T OneOf<T>(Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>Standard normal (Box and Muller), cut at 2.5.</summary>
    public static double Normal(Random random) =>
        Math.Clamp(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()), -2.5, 2.5);
}
