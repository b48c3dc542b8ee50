using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Server.Tests;

/// <summary>Takes uploads and answers with a made-up result: the HTTP rules are tested without pixels.</summary>
internal sealed class InMemoryAnalyses : IAnalyses
{
    private readonly ConcurrentDictionary<string, AnalysisState> states = new();

    /// <summary>What was handed in, in order of completion.</summary>
    public ConcurrentQueue<(string FileName, byte[] Content, AnalysisOptions Options)> Submitted { get; } = [];

    /// <summary>Uploads that were begun.</summary>
    public int Begun;

    /// <summary>Uploads that were begun and not completed.</summary>
    public int Abandoned;

    /// <summary>Set to refuse what comes next.</summary>
    public RefusalException? Refusal { get; set; }

    /// <summary>Set to keep analyses from finishing.</summary>
    public bool Unfinished { get; set; }

    /// <summary>Files of every result, by path.</summary>
    public Func<string, byte[]?> Files { get; set; } = path => path == "page.jpg" ? [0xFF, 0xD8] : null;

    public async Task<string> SubmitAsync(string fileName, Stream content, AnalysisOptions options, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Begun);
        using var bytes = new MemoryStream();
        try
        {
            await content.CopyToAsync(bytes, cancellationToken);
        }
        catch
        {
            Interlocked.Increment(ref Abandoned);
            throw;
        }
        if (Refusal is { } refusal)
            throw refusal;
        Submitted.Enqueue((fileName, bytes.ToArray(), options));
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = DateTimeOffset.UtcNow;
        states[id] = Unfinished
            ? new AnalysisState(id, fileName, AnalysisPhase.Running, "layout", 0.4, now, now.AddHours(1), null, null)
            : new AnalysisState(id, fileName, AnalysisPhase.Done, "", 1, now, now.AddHours(1), MadeUp.Result(fileName), null);
        return id;
    }

    /// <summary>The corrections that were asked for.</summary>
    public ConcurrentQueue<(string Id, PageCorrections Corrections)> Corrected { get; } = [];

    public Task<string?> CorrectAsync(string id, PageCorrections corrections, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
            throw refusal;
        if (Find(id)?.Result is not { } result)
            return Task.FromResult<string?>(null);
        Corrected.Enqueue((id, corrections));
        var corrected = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        states[corrected] = states[id] with { Id = corrected, Result = result with { Corrections = corrections } };
        return Task.FromResult<string?>(corrected);
    }

    public Task<IReadOnlyList<double[]>?> FollowAsync(string id, RedrawnPiece piece, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<double[]>?>(Find(id)?.Result is null ? null : piece.Points);

    public string Teach(TeachingWish wish) => Put(AnalysisPhase.Queued, null);

    /// <summary>Puts an analysis into a state.</summary>
    public string Put(AnalysisPhase phase, AnalysisError? error)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = DateTimeOffset.UtcNow;
        states[id] = new AnalysisState(id, "page.jpg", phase, "", 0, now, now.AddHours(1), null, error);
        return id;
    }

    public AnalysisState? Find(string id) => states.GetValueOrDefault(id);

    public async IAsyncEnumerable<AnalysisState> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Find(id) is { } state)
            yield return state;
    }

    public Stream? OpenFile(string id, string path) => states.ContainsKey(id) && Files(path) is { } bytes ? new MemoryStream(bytes) : null;

    public void Cancel(string id) => states[id] = states[id] with { Phase = AnalysisPhase.Refused, Error = new AnalysisError(RefusalCode.Cancelled, "Cancelled.", states[id].FileName) };

    public void Delete(string id) => states.TryRemove(id, out _);
}
