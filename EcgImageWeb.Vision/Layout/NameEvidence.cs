namespace EcgImageWeb.Vision.Layout;

/// <summary>What is printed at the place of a cell's name.</summary>
/// <param name="Score">Log odds that it is the cell's name; negative where it reads as another lead, 0 where nothing was read.</param>
/// <param name="Word">The word; null where there is none.</param>
internal readonly record struct NameEvidence(double Score, PrintedWord? Word)
{
    /// <summary>A confirmation, or a contradiction below its negative: odds of 7 to 1.</summary>
    public const double Least = 2;

    /// <summary>Whether the name was read.</summary>
    public bool IsConfirmed => Score >= Least;

    /// <summary>Whether another name was read.</summary>
    public bool IsContradicted => Score <= -Least;
}
