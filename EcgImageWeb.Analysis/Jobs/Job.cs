using System.Diagnostics.CodeAnalysis;
using EcgImageWeb.Analysis.Teaching;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>One analysis in the queue: its latest state, and who waits for the next.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A CancellationTokenSource without a timer or a wait handle holds nothing to dispose.")]
internal sealed class Job(AnalysisOptions options, AnalysisState state, string? upload = null)
{
    private readonly CancellationTokenSource cancelled = new();
    private readonly Lock sync = new();
    private TaskCompletionSource changed = New();
    private AnalysisState state = state;

    public AnalysisOptions Options { get; } = options;

    /// <summary>Id of the analysis that the file was handed in with: its own, or the first one's of a line of corrections.</summary>
    public string Upload { get; } = upload ?? state.Id;

    /// <summary>Draws the page instead of reading a file that was handed in; null for uploads.</summary>
    public TeachingWish? Wish { get; init; }

    public CancellationToken Cancelled => cancelled.Token;

    /// <summary>Held by whoever starts, ends or deletes this analysis, so that only one decides what becomes of its folder.</summary>
    public Lock Fate { get; } = new();

    public AnalysisState State
    {
        get
        {
            lock (sync)
                return state;
        }
    }

    public bool HasEnded => State.Phase is AnalysisPhase.Done or AnalysisPhase.Refused;

    /// <summary>Completes at the next change after this was read.</summary>
    public Task Changed
    {
        get
        {
            lock (sync)
                return changed.Task;
        }
    }

    public void Cancel() => cancelled.Cancel();

    public void Update(AnalysisState next)
    {
        TaskCompletionSource old;
        lock (sync)
        {
            state = next;
            old = changed;
            changed = New();
        }
        old.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
