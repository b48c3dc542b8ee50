using EcgImageWeb.Analysis.Results;

namespace EcgImageWeb.Analysis.Attributions;

/// <summary>Tells on demand why a signal model said what it said of a finished analysis.</summary>
public interface IExplanations
{
    /// <summary>Why a model says a class; a few of these run at a time, others wait.</summary>
    /// <param name="id">The analysis.</param>
    /// <param name="model">A signal model.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="label">The class.</param>
    /// <param name="atS">The beat for a beat model; otherwise where the window begins; seconds.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the analysis, its signals, the model, the class or the beat is not there (any more).</returns>
    Task<Attribution?> ExplainAsync(string id, string model, string lead, string label, double atS, IProgress<double>? progress, CancellationToken cancellationToken);
}
