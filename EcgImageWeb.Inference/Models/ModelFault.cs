namespace EcgImageWeb.Inference.Models;

/// <summary>Why a model cannot be used.</summary>
public enum ModelFault
{
    /// <summary>There is no model of that name, or its file is not there.</summary>
    Missing,

    /// <summary>Its manifest cannot be read.</summary>
    BadManifest,

    /// <summary>Its file is not the one the manifest describes.</summary>
    HashMismatch,

    /// <summary>The engine cannot load it, or its inputs or outputs are not those of the manifest.</summary>
    BadModel,
}
