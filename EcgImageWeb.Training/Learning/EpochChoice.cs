namespace EcgImageWeb.Training.Learning;

/// <summary>Which epoch's weights are a training's result.</summary>
public enum EpochChoice
{
    /// <summary>The one with the smallest validation loss.</summary>
    SmallestLoss,

    /// <summary>The one with the best validation accuracy.</summary>
    BestAccuracy,

    /// <summary>The last one.</summary>
    Last,
}
