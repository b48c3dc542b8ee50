namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>What pooling keeps of several values.</summary>
public enum PoolKind
{
    /// <summary>The largest.</summary>
    Maximum,

    /// <summary>The mean.</summary>
    Mean,
}
