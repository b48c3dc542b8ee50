using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Analysis.Teaching;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>
/// Analyses in a queue with a fixed number of workers. An upload waits on disk, not in memory; a folder per
/// analysis holds its files until they expire. After a restart finished analyses are there again, unfinished
/// ones are removed.
/// </summary>
public sealed class AnalysisJobs : IAnalyses, IAsyncDisposable
{
    private const string CancelledMessage = "The analysis was cancelled.";
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30), QuietAfter = TimeSpan.FromSeconds(3);

    private readonly PageAnalyzer analyzer;
    private readonly RecordAnalyzer? records;
    private readonly JobOptions options;
    private readonly TimeProvider time;
    private readonly Action<Exception, string> onFailure;
    private readonly ConcurrentDictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Channel<Job> queue = Channel.CreateUnbounded<Job>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] running;
    private readonly ITimer quiet;
    private readonly JobStorage storage;
    private readonly StageCache stages;
    private readonly SemaphoreSlim following;
    private int occupied;

    /// <summary>Takes over the storage folder and starts the workers.</summary>
    /// <param name="analyzer">Does the work.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onFailure">Told of failures that no input should cause (bugs, a full disk), with the id of the analysis.</param>
    /// <param name="onQuiet">Called when nothing has been queued or running for three seconds after some work.</param>
    /// <param name="records">Does the work on records; null refuses them as what is no picture.</param>
    public AnalysisJobs(PageAnalyzer analyzer, JobOptions options, TimeProvider time, Action<Exception, string> onFailure, Action? onQuiet = null, RecordAnalyzer? records = null)
    {
        this.analyzer = analyzer;
        this.records = records;
        this.options = options;
        this.time = time;
        this.onFailure = onFailure;
        storage = new JobStorage(options.StorageFolder, onFailure);
        stages = new StageCache(time);
        following = new SemaphoreSlim(Math.Max(1, options.Workers));
        quiet = time.CreateTimer(_ => { if (Volatile.Read(ref occupied) == 0) onQuiet?.Invoke(); }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var ended in storage.TakeOver(options.KeepFor, time.GetUtcNow()))
            jobs[ended.Id] = new Job(new AnalysisOptions(), ended);
        running = [.. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync)), SweepAsync()];
    }

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(string fileName, Stream content, AnalysisOptions options, CancellationToken cancellationToken)
    {
        // The place is taken before the bytes are read, so that a full queue costs the person no upload.
        TakePlace();
        var id = NewId();
        try
        {
            // Who sends slowly must not keep the place from others.
            using var limit = new CancellationTokenSource(this.options.MaxUpload, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                await storage.SaveAsync(id, content, this.options.MaxBytes, linked.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new RefusalException(RefusalCode.Cancelled, $"The upload took longer than {this.options.MaxUpload.TotalMinutes:0.#} minutes and was stopped.");
            }
        }
        catch
        {
            GiveBack(id);
            throw;
        }
        return Enqueue(new Job(options, Queued(id, FileNames.Clean(fileName))));
    }

    /// <inheritdoc/>
    public async Task<string?> CorrectAsync(string id, PageCorrections corrections, CancellationToken cancellationToken)
    {
        CorrectionsJson.Check(corrections);
        if (!jobs.TryGetValue(id, out var job) || !job.State.CanBeCorrected)
            return null;
        TakePlace();
        var corrected = NewId();
        try
        {
            if (!await Task.Run(() => storage.Copy(id, corrected), cancellationToken).ConfigureAwait(false))
            {
                GiveBack(corrected);
                return null;
            }
        }
        catch
        {
            GiveBack(corrected);
            throw;
        }
        var options = job.Options with { Corrections = corrections.IsEmpty ? null : corrections };
        return Enqueue(new Job(options, Queued(corrected, job.State.FileName), job.Upload) { Wish = job.Wish });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<double[]>?> FollowAsync(string id, RedrawnPiece piece, CancellationToken cancellationToken)
    {
        CorrectionsJson.Check(new PageCorrections { Redrawn = [piece] });
        if (Find(id)?.Result is not { } result || OpenFile(id, AnalysisFolder.PageFile) is not { } picture)
            return null;
        await using (picture.ConfigureAwait(false))
        {
            // As many at a time as there are workers, each a page in memory.
            await following.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                using var bytes = new MemoryStream();
                await picture.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
                var page = PageDecoder.Decode(bytes.ToArray(), DecodeLimits.None, cancellationToken).Pixels;
                var upright = new UprightPage(page, 0, [], result.Geometry.PxPerMmX, result.Geometry.PxPerMmY, result.Geometry.ScaleFrom, []);
                var drawn = Corrector.Follow(upright, piece, 0, cancellationToken);
                return [.. drawn.Row.Select((row, i) => new[] { drawn.FirstX + i + 0.5, Math.Round(row, 2) })];
            }
            finally
            {
                following.Release();
            }
        }
    }

    /// <inheritdoc/>
    public string Teach(TeachingWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var own = Find(wish.Record);
        TeachingPages.Check(wish, own?.Record);
        // A class that opens one address reads one page.
        if (jobs.Values.FirstOrDefault(job => job.Wish == wish && job.Upload == job.State.Id && job.State.Error is not { Code: RefusalCode.Cancelled or AnalysisError.Internal }) is { } same)
            return same.State.Id;
        TakePlace();
        var id = NewId();
        return Enqueue(new Job(new AnalysisOptions(), Queued(id, TeachingPages.FileNameOf(wish, own?.FileName))) { Wish = wish });
    }

    /// <inheritdoc/>
    public AnalysisState? Find(string id) => jobs.TryGetValue(id, out var job) ? job.State : null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<AnalysisState> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!jobs.TryGetValue(id, out var job))
            yield break;
        while (true)
        {
            // Taken before the state is read, so that no change between the two is missed.
            var next = job.Changed;
            var state = job.State;
            yield return state;
            if (state.Phase is AnalysisPhase.Done or AnalysisPhase.Refused)
                yield break;
            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Stream? OpenFile(string id, string path)
    {
        if (!jobs.TryGetValue(id, out var job) || !job.HasEnded)
            return null;
        if (path == AnalysisFolder.ReportFile && job.State.Result is not null)
            lock (job.Fate)
                storage.MakeReport(id);
        return storage.Open(id, path);
    }

    /// <inheritdoc/>
    public void Cancel(string id)
    {
        if (jobs.TryGetValue(id, out var job))
            Cancel(job);
    }

    /// <inheritdoc/>
    public void Delete(string id)
    {
        if (!jobs.TryRemove(id, out var job))
            return;
        Cancel(job);
        lock (job.Fate)
            // A worker that is still at it removes the folder itself when it ends.
            if (job.HasEnded)
                storage.Delete(id);
    }

    /// <summary>Stops the workers; what is unfinished is removed, what is finished stays for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!queue.Writer.TryComplete())
            return;
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        await quiet.DisposeAsync().ConfigureAwait(false);
        foreach (var (id, job) in jobs)
            if (!job.HasEnded)
                Delete(id);
        stopping.Dispose();
        following.Dispose();
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private void TakePlace()
    {
        if (Interlocked.Increment(ref occupied) <= options.Capacity)
            return;
        Interlocked.Decrement(ref occupied);
        throw new RefusalException(RefusalCode.Busy, "Too many pages are being analyzed right now. Please try again in a moment.");
    }

    // The place and the folder of what is not queued after all.
    private void GiveBack(string id)
    {
        Interlocked.Decrement(ref occupied);
        storage.Delete(id);
    }

    private AnalysisState Queued(string id, string fileName)
    {
        var now = time.GetUtcNow();
        return new AnalysisState(id, fileName, AnalysisPhase.Queued, "", 0, now, now + options.KeepFor, null, null);
    }

    private string Enqueue(Job job)
    {
        var id = job.State.Id;
        jobs[id] = job;
        if (queue.Writer.TryWrite(job))
            return id;
        Delete(id);
        throw new RefusalException(RefusalCode.Busy, "The server is being stopped. Please try again in a moment.");
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var job in queue.Reader.ReadAllAsync(stopping.Token).ConfigureAwait(false))
                if (TryStart(job))
                    Run(job);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private static bool TryStart(Job job)
    {
        lock (job.Fate)
        {
            if (job.HasEnded)
                return false;
            job.Update(job.State with { Phase = AnalysisPhase.Running });
            return true;
        }
    }

    private void Run(Job job)
    {
        var id = job.State.Id;
        using var limit = new CancellationTokenSource(options.MaxDuration, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled, limit.Token, stopping.Token);
        GeneratedPage? drawn = null;
        try
        {
            var progress = new StageReporter(job);
            drawn = job.Wish is { } wish ? TeachingPages.Draw(wish, OwnRecord(wish), progress, linked.Token) : null;
            if (drawn is not null)
                storage.Keep(id, drawn.File);
            // The file stays beside its result: a correction works on it once more.
            var bytes = drawn?.File ?? storage.Upload(id);
            if (records is not null && drawn is null && RecordUpload.Is(job.State.FileName, bytes))
            {
                job.Update(job.State with { IsRecord = true });
                Run(job, records, bytes, progress, linked.Token);
                return;
            }
            var analysis = Analyze(job, bytes, progress, linked.Token);
            progress.Report(new StageProgress("files", 0.85));
            if (drawn is not null)
                analysis = TeachingPages.Compare(job.Wish!, drawn, analysis);
            AnalysisFolder.Write(storage.FolderOf(id), analysis, linked.Token);
            End(job, analysis.Result);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            if (stopping.IsCancellationRequested)
                jobs.TryRemove(id, out _);
            End(job, RefusalCode.Cancelled, limit.IsCancellationRequested && !job.Cancelled.IsCancellationRequested
                ? $"The analysis took longer than {options.MaxDuration.TotalSeconds:0} s and was stopped."
                : CancelledMessage);
        }
        catch (RefusalException refusal)
        {
            End(job, refusal.Code, refusal.Message, drawn);
        }
        // Whatever else one page brings about must not take the worker down; it is a bug, and told as one.
        catch (Exception failure)
        {
            onFailure(failure, id);
            End(job, AnalysisError.Internal, "Something went wrong inside the program while it worked on this page. The failure was logged.");
        }
    }

    private string? OwnRecord(TeachingWish wish) =>
        TeachingPages.Records.Any(record => record.Key == wish.Record) ? null : Path.Combine(storage.FolderOf(wish.Record), AnalysisFolder.SignalsName);

    private void Run(Job job, RecordAnalyzer analyzer, byte[] bytes, StageReporter progress, CancellationToken cancellationToken)
    {
        var source = RecordUpload.Open(job.State.FileName, bytes);
        var analysis = analyzer.Analyze(source, new RecordOptions(job.Options.Models), new RecordReporter(progress), cancellationToken);
        AnalysisFolder.WriteRecord(storage.FolderOf(job.State.Id), analysis, withSignals: true);
        Finish(job, job.State with { Record = analysis.Result });
    }

    // Of a page that is being corrected the stages' records are kept, also when a correction turns out not to fit it.
    private PageAnalysis Analyze(Job job, byte[] bytes, StageReporter progress, CancellationToken cancellationToken)
    {
        if (job.Upload == job.State.Id)
            return analyzer.Analyze(job.State.FileName, bytes, job.Options, progress, cancellationToken);
        var kept = stages.Take(job.Upload);
        try
        {
            return analyzer.Analyze(job.State.FileName, bytes, job.Options, kept, progress, cancellationToken);
        }
        finally
        {
            stages.BringBack(job.Upload, kept);
        }
    }

    // A queued analysis ends here and now, a running one when its worker notices.
    private void Cancel(Job job)
    {
        job.Cancel();
        lock (job.Fate)
            if (job.State.Phase == AnalysisPhase.Queued)
                End(job, RefusalCode.Cancelled, CancelledMessage);
    }

    // A page that was drawn here can be looked at even if it could not be read.
    private void End(Job job, string code, string message, GeneratedPage? drawn = null)
    {
        var error = new AnalysisError(code, message, job.State.FileName);
        var end = job.State with { Phase = AnalysisPhase.Refused, Error = error };
        lock (job.Fate)
        {
            var isThere = jobs.ContainsKey(job.State.Id);
            if (isThere && end.CanBeCorrected)
                storage.Clear(job.State.Id);
            else
                storage.Delete(job.State.Id);
            try
            {
                if (isThere)
                    AnalysisFolder.WriteError(storage.FolderOf(job.State.Id), error, drawn?.Picture);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The refusal is known all the same, until the next start.
                onFailure(failure, job.State.Id);
            }
            End(job, end);
        }
    }

    private void End(Job job, AnalysisResult result) => Finish(job, job.State with { Result = result });

    private void Finish(Job job, AnalysisState done)
    {
        lock (job.Fate)
        {
            if (!jobs.ContainsKey(job.State.Id))
                storage.Delete(job.State.Id);
            End(job, done with { Phase = AnalysisPhase.Done });
        }
    }

    private void End(Job job, AnalysisState end)
    {
        if (Interlocked.Decrement(ref occupied) == 0)
            quiet.Change(QuietAfter, Timeout.InfiniteTimeSpan);
        job.Update(end with { Stage = "", Progress = 1 });
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
            {
                stages.Sweep();
                foreach (var (id, job) in jobs)
                    if (job.State.Expires <= time.GetUtcNow())
                        Delete(id);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private sealed class RecordReporter(StageReporter stages) : IProgress<double>
    {
        public void Report(double value) => stages.Report(new StageProgress("signal-models", value));
    }

    private sealed class StageReporter(Job job) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) =>
            job.Update(job.State with { Phase = AnalysisPhase.Running, Stage = value.Stage, Progress = value.ShareBehind });
    }
}
