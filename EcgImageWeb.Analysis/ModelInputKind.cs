using EcgImageWeb.Inference.Models;

namespace EcgImageWeb.Analysis;

/// <summary>What a model's manifest says it looks at: <c>input.preprocessing.kind</c>.</summary>
public static class ModelInputKind
{
    /// <summary>One lead: its binary strip, 150 x 150, three equal channels of 0 or 1.</summary>
    public const string LeadImage = "lead-image";

    /// <summary>All leads of a page at once, as traces.</summary>
    public const string PageTraces = "page-traces";

    /// <summary>The kind a manifest names.</summary>
    /// <exception cref="ModelException">It names none, or one that is not known (<see cref="ModelFault.BadManifest"/>).</exception>
    public static string Of(ModelManifest manifest) => (string?)manifest.Input.Preprocessing["kind"] switch
    {
        LeadImage => LeadImage,
        PageTraces => PageTraces,
        var other => throw new ModelException(
            ModelFault.BadManifest,
            $"Model '{manifest.Name}' wants an input of kind '{other}'; known are {LeadImage} and {PageTraces}."),
    };
}
