namespace EcgImageWeb.Analysis.Models;

/// <summary>What is to be said about the models that are there.</summary>
public interface IModelCards
{
    /// <summary>One card a model, by name; empty where no model is installed.</summary>
    IReadOnlyList<ModelCard> All { get; }
}
