namespace EcgImageWeb.Training.Networks;

/// <summary>What turns a network's raw outputs into answers; it stands in the loss while learning and in the exported graph.</summary>
public enum OutputFunction
{
    /// <summary>Nothing: the outputs are the answer.</summary>
    None,

    /// <summary>Classes that exclude each other, along the outermost axis.</summary>
    Softmax,

    /// <summary>Labels that do not exclude each other.</summary>
    Sigmoid,
}
