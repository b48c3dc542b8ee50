namespace EcgImageWeb.Signal.Measures;

/// <summary>Whether a signal that was read under one name is another lead's.</summary>
public static class LeadMixUp
{
    /// <summary>A lead this like its own truth need not be compared with the others.</summary>
    private const double SurelyItself = 0.9;

    /// <summary>Another lead is meant if it is this much more alike: neighbours on the chest are alike, too.</summary>
    private const double ClearlyAnother = 0.1;

    /// <summary>The lead that a signal really is.</summary>
    /// <param name="own">The signal against the truth of its own name; its correlation is not finite where the two share no moment.</param>
    /// <param name="truth">All true leads.</param>
    /// <param name="signals">All signals that were read.</param>
    /// <returns>The other lead's name; null where the name is right, or nothing was read under it.</returns>
    public static string? Find(LeadComparison own, IReadOnlyList<LeadSignal> truth, IReadOnlyList<LeadSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(own);
        var alike = double.IsFinite(own.Correlation) ? own.Correlation : 0;
        if (alike >= SurelyItself || signals.FirstOrDefault(s => s.Name == own.Lead) is not { } signal)
            return null;
        return truth.FirstOrDefault(other => other.Name != own.Lead && other.Coverage > 0
            && DigitizationMeasure.Compare(other, signal, removeMean: true) is { Coverage: > 0.5 } match && match.Correlation > alike + ClearlyAnother)?.Name;
    }
}
