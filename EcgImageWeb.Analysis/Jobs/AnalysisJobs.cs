using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using EcgImageWeb.Analysis.Output;
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
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    private readonly PageAnalyzer analyzer;
    private readonly JobOptions options;
    private readonly TimeProvider time;
    private readonly Action<Exception, string> onFailure;
    private readonly ConcurrentDictionary<string, Job> jobs = new(StringComparer.Ordinal);
    private readonly Channel<Job> queue = Channel.CreateUnbounded<Job>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] running;
    private int occupied;

    /// <summary>Takes over the storage folder and starts the workers.</summary>
    /// <param name="analyzer">Does the work.</param>
    /// <param name="options">Settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onFailure">Told of failures that no input should cause (bugs), with the id of the analysis.</param>
    public AnalysisJobs(PageAnalyzer analyzer, JobOptions options, TimeProvider time, Action<Exception, string> onFailure)
    {
        this.analyzer = analyzer;
        this.options = options;
        this.time = time;
        this.onFailure = onFailure;
        TakeOverStorage();
        running = [.. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync)), Task.Run(SweepAsync)];
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
        var folder = FolderOf(id);
        try
        {
            Directory.CreateDirectory(folder);
            await SaveAsync(content, Path.Combine(folder, UploadFile), cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var job = new Job(options, new AnalysisState(
                id, FileNames.Clean(fileName), AnalysisPhase.Queued, "", 0, now, now + this.options.KeepFor, null, null));
            jobs[id] = job;
            queue.Writer.TryWrite(job);
            return id;
        }
        catch
        {
            DeleteFolder(folder);
            Interlocked.Decrement(ref occupied);
            throw;
        }
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
        if (!jobs.TryGetValue(id, out var job) || job.State.Phase is not (AnalysisPhase.Done or AnalysisPhase.Refused) || !IsResultPath(path))
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
            job.Cancel();
    }

    /// <inheritdoc/>
    public void Delete(string id)
    {
        if (!jobs.TryRemove(id, out var job))
            return;
        job.Cancel();
        // A running worker removes the folder itself when it notices.
        if (job.State.Phase is AnalysisPhase.Done or AnalysisPhase.Refused)
            DeleteFolder(FolderOf(id));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        stopping.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var job in queue.Reader.ReadAllAsync(stopping.Token).ConfigureAwait(false))
            {
                try
                {
                    Run(job);
                }
                finally
                {
                    Interlocked.Decrement(ref occupied);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; what is unfinished is removed at the next start.
        }
    }

    private void Run(Job job)
    {
        var id = job.State.Id;
        var folder = FolderOf(id);
        using var limit = new CancellationTokenSource(options.MaxDuration, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled, limit.Token, stopping.Token);
        try
        {
            var upload = Path.Combine(folder, UploadFile);
            linked.Token.ThrowIfCancellationRequested();
            var bytes = File.ReadAllBytes(upload);
            File.Delete(upload);
            var progress = new StageReporter(job);
            var analysis = analyzer.Analyze(job.State.FileName, bytes, job.Options, progress, linked.Token);
            progress.Report(new StageProgress("files", 0.85));
            AnalysisFolder.Write(folder, analysis, linked.Token);
            job.Update(job.State with { Phase = AnalysisPhase.Done, Stage = "", Progress = 1, Result = analysis.Result });
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Refuse(job, RefusalCode.Cancelled, limit.IsCancellationRequested && !job.Cancelled.IsCancellationRequested
                ? $"The analysis took longer than {options.MaxDuration.TotalSeconds:0} s and was stopped."
                : "The analysis was cancelled.");
        }
        catch (RefusalException refusal)
        {
            Refuse(job, refusal.Code, refusal.Message);
        }
        // Whatever else one page brings about must not take the worker down; it is a bug, and told as one.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            onFailure(failure, id);
            Refuse(job, "internal", "Something went wrong inside the program while it worked on this page. The failure was logged.");
        }
        finally
        {
            if (!jobs.ContainsKey(id))
                DeleteFolder(folder);
        }
    }

    private void Refuse(Job job, string code, string message)
    {
        var folder = FolderOf(job.State.Id);
        DeleteFolder(folder);
        var error = new AnalysisError(code, message, job.State.FileName);
        if (jobs.ContainsKey(job.State.Id))
            AnalysisFolder.WriteError(folder, error);
        job.Update(job.State with { Phase = AnalysisPhase.Refused, Stage = "", Progress = 1, Error = error });
    }

    private async Task SaveAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        long total = 0;
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                total += read;
                if (total > options.MaxBytes)
                    throw new RefusalException(RefusalCode.TooLarge, $"The file is larger than the limit of {options.MaxBytes / 1_000_000} MB.");
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        if (total == 0)
            throw new RefusalException(RefusalCode.Empty, "The file is empty.");
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token).ConfigureAwait(false))
                foreach (var job in jobs.Values.Where(job => job.State.Expires <= time.GetUtcNow()))
                    Delete(job.State.Id);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void TakeOverStorage()
    {
        Directory.CreateDirectory(options.StorageFolder);
        foreach (var folder in Directory.GetDirectories(options.StorageFolder).Where(folder => IsId(Path.GetFileName(folder))))
            if (Restore(folder) is { } state && state.Expires > time.GetUtcNow())
                jobs[state.Id] = new Job(new AnalysisOptions(), state);
            else
                DeleteFolder(folder);
    }

    private AnalysisState? Restore(string folder)
    {
        try
        {
            var result = AnalysisFolder.ReadResult(folder);
            var error = result is null ? AnalysisFolder.ReadError(folder) : null;
            if (result is null && error is null)
                return null;
            var submitted = new DateTimeOffset(Directory.GetCreationTimeUtc(folder), TimeSpan.Zero);
            return new AnalysisState(
                Path.GetFileName(folder),
                result?.Source.File ?? error!.File,
                result is null ? AnalysisPhase.Refused : AnalysisPhase.Done,
                "", 1, submitted, submitted + options.KeepFor, result, error);
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

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private sealed class StageReporter(Job job) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) =>
            job.Update(job.State with { Phase = AnalysisPhase.Running, Stage = value.Stage, Progress = value.ShareBehind });
    }
}
