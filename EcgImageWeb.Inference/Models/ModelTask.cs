namespace EcgImageWeb.Inference.Models;

/// <summary>What a model reads: the field <c>task</c> of its manifest.</summary>
public enum ModelTask
{
    /// <summary>Pictures of leads or pages.</summary>
    Image,

    /// <summary>Millivolts over time.</summary>
    Signal,

    /// <summary>A picture or signal, answered point by point.</summary>
    Segmentation,
}
