namespace EcgImageWeb.Signal.DataSets;

/// <summary>The heart beat classes of ANSI/AAMI EC57.</summary>
public enum AamiClass
{
    /// <summary>Normal, bundle branch block and, as de Chazal et al. have it, atrial and nodal escape beats.</summary>
    N,
    /// <summary>Supraventricular ectopic beats.</summary>
    S,
    /// <summary>Ventricular ectopic beats.</summary>
    V,
    /// <summary>Fusion of a ventricular and a normal beat.</summary>
    F,
    /// <summary>Paced beats, fusions with them, and what cannot be classified.</summary>
    Q,
}
