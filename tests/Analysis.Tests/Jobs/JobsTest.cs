using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Tests.Jobs;

/// <summary>A queue over a storage folder of its own, with a clock that the test moves.</summary>
public abstract class JobsTest(Analyzed analyzed) : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    protected Analyzed Analyzed { get; } = analyzed;
    protected string Storage { get; } = Path.Combine(Path.GetTempPath(), "ecg-tests-" + Guid.NewGuid().ToString("N"));
    protected FakeTime Time { get; } = new();
    protected List<Exception> Failures { get; } = [];
    private readonly List<AnalysisJobs> started = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected string[] Folders => [.. Directory.GetDirectories(Storage).Select(folder => Path.GetFileName(folder))];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var jobs in started)
            await jobs.DisposeAsync();
        if (Directory.Exists(Storage))
            Directory.Delete(Storage, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected AnalysisJobs Start(JobOptions? options = null, Action? onQuiet = null)
    {
        var jobs = new AnalysisJobs(Analyzed.Analyzer, (options ?? new JobOptions()) with { StorageFolder = Storage }, Time, (failure, _) =>
        {
            lock (Failures)
                Failures.Add(failure);
        }, onQuiet);
        started.Add(jobs);
        return jobs;
    }

    /// <summary>Hands in what is soon refused as no picture.</summary>
    protected static Task<string> Submit(AnalysisJobs jobs) =>
        jobs.SubmitAsync("letter.jpg", new MemoryStream("Dear doctor"u8.ToArray()), new AnalysisOptions(), Ct);

    /// <summary>Puts a finished analysis into the storage, as a start finds it; its id.</summary>
    protected string Finished()
    {
        var id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        AnalysisFolder.Write(Path.Combine(Storage, id), Analyzed.Page, Ct);
        File.WriteAllBytes(Path.Combine(Storage, id, "upload.bin"), Analyzed.PageBytes);
        return id;
    }

    protected static async Task<AnalysisState> EndOf(AnalysisJobs jobs, string id)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        AnalysisState? last = null;
        await foreach (var state in jobs.WatchAsync(id, patience.Token))
            last = state;
        return last!;
    }

    protected static async Task<string> RefusalOf(Func<Task> work) => (await Assert.ThrowsAsync<RefusalException>(work)).Code;

    protected static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (!condition())
            await Task.Delay(10, patience.Token);
    }

    protected IEnumerable<string> FilesOf(string id) =>
        Directory.GetFiles(Path.Combine(Storage, id), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(Storage, id), file));

    /// <summary>Holds a worker at the beginning of a run: there it makes the timer of the longest duration.</summary>
    protected sealed class Gate
    {
        private TaskCompletionSource open = new();
        private TaskCompletionSource arrived = new();
        private int runs;

        public Gate(FakeTime time) => time.TimerMade = due =>
        {
            if (due == Timeout.InfiniteTimeSpan || due == new JobOptions().MaxUpload)
                return;
            Interlocked.Increment(ref runs);
            arrived.TrySetResult();
            open.Task.Wait(Patience);
        };

        public int Runs => runs;

        public Task WorkerAsync() => arrived.Task.WaitAsync(Patience, Ct);

        public void Open() => open.SetResult();

        public void Close() => (open, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
    }
}
