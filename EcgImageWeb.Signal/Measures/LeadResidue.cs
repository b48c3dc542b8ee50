namespace EcgImageWeb.Signal.Measures;

/// <summary>How well leads satisfy an equation that holds for every heart.</summary>
/// <param name="ResidueMv">Root mean square of what should be zero, each lead's mean removed.</param>
/// <param name="Share">The same over the root mean square of the leads themselves; 0 is perfect, unrelated leads of equal size give 1.</param>
/// <param name="Samples">Moments at which all leads are known.</param>
public sealed record LeadResidue(double ResidueMv, double Share, int Samples);
