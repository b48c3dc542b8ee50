using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Records;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>
/// Analyses in a queue with a fixed number of workers. An upload waits on disk, not in memory; a folder per
/// analysis holds its files until they expire. After a restart finished analyses are there again, unfinished
/// ones are removed.
/// </summary>
public sealed class AnalysisJobs : IAnalyses, IAsyncDisposable
{
    private const string UploadFile = "upload.bin";
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
        quiet = time.CreateTimer(_ => { if (Volatile.Read(ref occupied) == 0) onQuiet?.Invoke(); }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        TakeOverStorage();
        running = [.. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync)), SweepAsync()];
    }

    /// <inheritdoc/>
    public async Task<string> SubmitAsync(string fileName, Stream content, AnalysisOptions options, CancellationToken cancellationToken)
    {
        // The place is taken before the bytes are read, so that a full queue costs the person no upload.
        if (Interlocked.Increment(ref occupied) > this.options.Capacity)
        {
            Interlocked.Decrement(ref occupied);
            throw new RefusalException(RefusalCode.Busy, "Too many pages are being analyzed right now. Please try again in a moment.");
        }
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        try
        {
            await SaveAsync(content, id, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Interlocked.Decrement(ref occupied);
            DeleteFolder(id);
            throw;
        }
        var now = time.GetUtcNow();
        var job = new Job(options, new AnalysisState(
            id, FileNames.Clean(fileName), AnalysisPhase.Queued, "", 0, now, now + this.options.KeepFor, null, null));
        jobs[id] = job;
        if (!queue.Writer.TryWrite(job))
        {
            Delete(id);
            throw new RefusalException(RefusalCode.Busy, "The server is being stopped. Please try again in a moment.");
        }
        return id;
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
        if (!jobs.TryGetValue(id, out var job) || !job.HasEnded || !IsResultPath(path))
            return null;
        try
        {
            return new FileStream(Path.Combine(FolderOf(id), path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (IOException)
        {
            return null;
        }
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
                DeleteFolder(id);
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
        try
        {
            var upload = Path.Combine(FolderOf(id), UploadFile);
            var bytes = File.ReadAllBytes(upload);
            File.Delete(upload);
            var progress = new StageReporter(job);
            if (records is not null && RecordUpload.Is(job.State.FileName, bytes))
            {
                Run(job, records, bytes, progress, linked.Token);
                return;
            }
            var analysis = analyzer.Analyze(job.State.FileName, bytes, job.Options, progress, linked.Token);
            progress.Report(new StageProgress("files", 0.85));
            AnalysisFolder.Write(FolderOf(id), analysis, linked.Token);
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
            End(job, refusal.Code, refusal.Message);
        }
        // Whatever else one page brings about must not take the worker down; it is a bug, and told as one.
        catch (Exception failure)
        {
            onFailure(failure, id);
            End(job, AnalysisError.Internal, "Something went wrong inside the program while it worked on this page. The failure was logged.");
        }
    }

    private void Run(Job job, RecordAnalyzer analyzer, byte[] bytes, StageReporter progress, CancellationToken cancellationToken)
    {
        var source = RecordUpload.Open(job.State.FileName, bytes);
        var analysis = analyzer.Analyze(source, new RecordOptions(job.Options.Models), new RecordReporter(progress), cancellationToken);
        AnalysisFolder.WriteRecord(FolderOf(job.State.Id), analysis, withSignals: true);
        Finish(job, job.State with { Record = analysis.Result });
    }

    // A queued analysis ends here and now, a running one when its worker notices.
    private void Cancel(Job job)
    {
        job.Cancel();
        lock (job.Fate)
            if (job.State.Phase == AnalysisPhase.Queued)
                End(job, RefusalCode.Cancelled, CancelledMessage);
    }

    private void End(Job job, string code, string message)
    {
        var error = new AnalysisError(code, message, job.State.FileName);
        lock (job.Fate)
        {
            DeleteFolder(job.State.Id);
            try
            {
                if (jobs.ContainsKey(job.State.Id))
                    AnalysisFolder.WriteError(FolderOf(job.State.Id), error);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The refusal is known all the same, until the next start.
                onFailure(failure, job.State.Id);
            }
            End(job, job.State with { Phase = AnalysisPhase.Refused, Error = error });
        }
    }

    private void End(Job job, AnalysisResult result) => Finish(job, job.State with { Result = result });

    private void Finish(Job job, AnalysisState done)
    {
        lock (job.Fate)
        {
            if (!jobs.ContainsKey(job.State.Id))
                DeleteFolder(job.State.Id);
            End(job, done with { Phase = AnalysisPhase.Done });
        }
    }

    private void End(Job job, AnalysisState end)
    {
        if (Interlocked.Decrement(ref occupied) == 0)
            quiet.Change(QuietAfter, Timeout.InfiniteTimeSpan);
        job.Update(end with { Stage = "", Progress = 1 });
    }

    private async Task SaveAsync(Stream content, string id, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        long total = 0;
        var file = OnDisk(() =>
        {
            Directory.CreateDirectory(FolderOf(id));
            return new FileStream(Path.Combine(FolderOf(id), UploadFile), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        });
        await using (file.ConfigureAwait(false))
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                total += read;
                if (total > options.MaxBytes)
                    throw new RefusalException(RefusalCode.TooLarge, $"The file is larger than the limit of {options.MaxBytes / 1_000_000} MB.");
                OnDisk(() =>
                {
                    file.Write(buffer, 0, read);
                    return read;
                });
            }
        }
        if (total == 0)
            throw new RefusalException(RefusalCode.Empty, "The file is empty.");

        // A disk that is full is not an upload that was cut off, though both are an IOException.
        T OnDisk<T>(Func<T> work)
        {
            try
            {
                return work();
            }
            catch (IOException failure)
            {
                onFailure(failure, id);
                throw new RefusalException(RefusalCode.Busy, "The server has no room for another page right now. Please try again later.");
            }
        }
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
                foreach (var (id, job) in jobs)
                    if (job.State.Expires <= time.GetUtcNow())
                        Delete(id);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void TakeOverStorage()
    {
        // Reports are about patients: nobody else on this machine reads them.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(options.StorageFolder);
        else
            Directory.CreateDirectory(options.StorageFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var folder in Directory.GetDirectories(options.StorageFolder).Where(folder => IsId(Path.GetFileName(folder))))
            if (Restore(folder) is { } state && state.Expires > time.GetUtcNow())
                jobs[state.Id] = new Job(new AnalysisOptions(), state);
            else
                DeleteFolder(Path.GetFileName(folder));
    }

    private AnalysisState? Restore(string folder)
    {
        try
        {
            var result = AnalysisFolder.ReadResult(folder);
            var record = result is null ? AnalysisFolder.ReadRecord(folder) : null;
            var error = result is null && record is null ? AnalysisFolder.ReadError(folder) : null;
            if ((result?.Version ?? record?.Version ?? (error is null ? 0 : 1)) != 1)
                return null;
            var submitted = new DateTimeOffset(Directory.GetCreationTimeUtc(folder), TimeSpan.Zero);
            return new AnalysisState(
                Path.GetFileName(folder),
                result?.Source.File ?? record?.Source.File ?? error!.File,
                error is not null ? AnalysisPhase.Refused : AnalysisPhase.Done,
                "", 1, submitted, submitted + options.KeepFor, result, error)
            { Record = record };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string FolderOf(string id) => Path.Combine(options.StorageFolder, id);

    private static bool IsId(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    // "name.ext" or "leads/name.ext" of letters, digits and dashes: nothing that could leave the folder.
    private static bool IsResultPath(string path)
    {
        var name = path.StartsWith("leads/", StringComparison.Ordinal) ? path["leads/".Length..] : path;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && name[..dot].All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && name[(dot + 1)..] is "png" or "jpg" or "json" or "csv" or "hea" or "dat";
    }

    private void DeleteFolder(string id)
    {
        try
        {
            Directory.Delete(FolderOf(id), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It never came to be, or is gone already.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            onFailure(failure, id);
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
