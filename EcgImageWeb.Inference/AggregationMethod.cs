namespace EcgImageWeb.Inference;

/// <summary>
/// How the leads' class probabilities become the page's. The paper classifies a page by the
/// "aggregated predictions from all leads" and leaves the aggregation open; <see cref="Aggregation"/>
/// defines each of these four readings.
/// </summary>
public enum AggregationMethod
{
    /// <summary>The average of the leads' probabilities.</summary>
    Mean,

    /// <summary>The share of leads that vote for each class.</summary>
    Majority,

    /// <summary>The average weighted by how sure each lead is.</summary>
    Confidence,

    /// <summary>For each class the surest lead, renormalised.</summary>
    Maximum,
}
