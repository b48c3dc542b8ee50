namespace EcgImageWeb.Training.Networks.Layers;

/// <summary>The scalings of <see cref="Normalize"/>.</summary>
public enum NormalizeKind
{
    /// <summary>(x - mean) / standard deviation, Eq. 1 of the SEVGGNet-LSTM paper.</summary>
    ZScore,

    /// <summary>(x - min) / (max - min), 0 to 1, of the SE-ResNet paper.</summary>
    MinMax,
}
