using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>The one door to analyses for the browser and the HTTP API: hand in, watch, fetch, cancel, delete. Who does not know an id cannot reach anything of it.</summary>
public interface IAnalyses
{
    /// <summary>Reads <paramref name="content"/> to its end and queues it.</summary>
    /// <param name="fileName">The name as the person's machine gave it; it is cleaned, never used as a path.</param>
    /// <param name="content">The file's bytes.</param>
    /// <param name="options">What to do.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    /// <returns>The id of the new analysis.</returns>
    /// <exception cref="RefusalException"><c>empty</c>, <c>too-large</c> or <c>busy</c>.</exception>
    Task<string> SubmitAsync(string fileName, Stream content, AnalysisOptions options, CancellationToken cancellationToken);

    /// <summary>Queues the page of a finished analysis once more, with corrections. The result there is stays as it is; the corrected one has an id of its own.</summary>
    /// <param name="id">A finished analysis with a result.</param>
    /// <param name="corrections">All corrections together, also those of the result there is; empty ones are none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the new analysis; null when there is no such result.</returns>
    /// <exception cref="RefusalException"><c>bad-corrections</c> or <c>busy</c>.</exception>
    Task<string?> CorrectAsync(string id, PageCorrections corrections, CancellationToken cancellationToken);

    /// <summary>Where a redrawn piece would run, before it is a correction.</summary>
    /// <param name="id">A finished analysis with a result.</param>
    /// <param name="piece">Its lead and points.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Places [x, y] in the upright page, one a column; null when there is no such result.</returns>
    /// <exception cref="RefusalException"><c>bad-corrections</c>.</exception>
    Task<IReadOnlyList<double[]>?> FollowAsync(string id, RedrawnPiece piece, CancellationToken cancellationToken);

    /// <summary>Queues a page that is drawn from a known record or from a person's own recording, to see how well it is read.</summary>
    /// <param name="wish">Which record, and what the page looks like.</param>
    /// <returns>The id of the new analysis.</returns>
    /// <exception cref="RefusalException"><c>busy</c>, or <c>bad-request</c> for a wish that cannot be fulfilled.</exception>
    string Teach(TeachingWish wish);

    /// <summary>Where an analysis stands; null when there is none (any more).</summary>
    AnalysisState? Find(string id);

    /// <summary>The current state and each later one until the end; ends at once when there is none.</summary>
    IAsyncEnumerable<AnalysisState> WatchAsync(string id, CancellationToken cancellationToken);

    /// <summary>Opens one of the files of a finished analysis (docs/formats.md); null when there is none of that name.</summary>
    Stream? OpenFile(string id, string path);

    /// <summary>Asks a queued or running analysis to stop; it ends with the code <c>cancelled</c>.</summary>
    void Cancel(string id);

    /// <summary>Cancels if need be and deletes everything of it.</summary>
    void Delete(string id);
}
