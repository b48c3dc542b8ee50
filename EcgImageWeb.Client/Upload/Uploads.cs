using EcgImageWeb.Analysis.Jobs;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Client.Words;
using EcgImageWeb.Vision;
using Microsoft.JSInterop;

namespace EcgImageWeb.Client.Upload;

/// <summary>
/// The files one person has chosen, a few of them on their way at a time. The browser sends them
/// (wwwroot/js/files.js) to the same address that scripts use; this keeps the table of them, which
/// outlives the page it is shown on.
/// </summary>
/// <param name="js">The browser.</param>
/// <param name="analyses">Where results come from.</param>
/// <param name="options">Limits.</param>
public sealed class Uploads(IJSRuntime js, IAnalyses analyses, ClientOptions options) : IAsyncDisposable
{
    // More would only share the same line.
    private const int AtATime = 3;

    // A minute.
    private const int MostRetries = 30;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly List<UploadRow> rows = [];
    private readonly CancellationTokenSource closing = new();
    private IJSObjectReference? module;
    private DotNetObjectReference<Uploads>? self;

    /// <summary>Something in the rows changed.</summary>
    public event Action? Changed;

    /// <summary>A file reached the server; told once a file, with its id set.</summary>
    public event Action<UploadRow>? Accepted;

    /// <summary>The rows, as chosen.</summary>
    public IReadOnlyList<UploadRow> Rows => rows;

    /// <summary>Takes files over from the browser.</summary>
    public async Task AddAsync(IReadOnlyList<ChosenFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        // Who tries one page after the other wants its result, not a table.
        if (rows is [{ IsEnded: true }])
            rows.Clear();
        foreach (var file in files)
        {
            var row = new UploadRow(file);
            rows.Add(row);
            if (file.Size == 0)
                row.Refuse(new AnalysisError(RefusalCode.Empty, "The file has no content.", file.Name));
            else if (file.Size > options.MaxFileBytes)
                row.Refuse(new AnalysisError(RefusalCode.TooLarge, $"The file has {Phrases.Size(file.Size)}; the limit is {Phrases.Size(options.MaxFileBytes)}.", file.Name));
        }
        Changed?.Invoke();
        await SendNextAsync();
    }

    /// <summary>Stops one file, wherever it is.</summary>
    public async Task CancelAsync(UploadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Id is { } id)
            analyses.Cancel(id);
        else if (row.State == UploadState.Uploading && module is not null)
            await module.InvokeVoidAsync("cancel", row.Key);
        else if (row.State == UploadState.Waiting)
            row.Refuse(new AnalysisError(RefusalCode.Cancelled, "Stopped before it was sent.", row.Name));
        Changed?.Invoke();
    }

    /// <summary>Stops every file that has not ended.</summary>
    public async Task CancelAllAsync()
    {
        // Those that wait first, so that stopping one does not start the next.
        foreach (var row in rows.Where(row => !row.IsEnded).OrderBy(row => row.State).ToArray())
            await CancelAsync(row);
    }

    /// <summary>Sends a refused file again.</summary>
    public async Task RetryAsync(UploadRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Restart();
        Changed?.Invoke();
        await SendNextAsync();
    }

    /// <summary>Forgets the rows; results stay with the server.</summary>
    public async Task ClearAsync()
    {
        await CancelAllAsync();
        rows.Clear();
        Changed?.Invoke();
        if (module is not null)
            await module.InvokeVoidAsync("forgetAll");
    }

    /// <summary>The browser tells how much of a file is sent.</summary>
    [JSInvokable]
    public void OnProgress(int key, double share) => Change(key, row => row.Uploaded(share));

    /// <summary>The browser tells that the server has a file.</summary>
    [JSInvokable]
    public async Task OnAccepted(int key, string id)
    {
        Change(key, row =>
        {
            row.Accepted(id);
            Accepted?.Invoke(row);
            _ = WatchAsync(row, id);
        });
        await SendNextAsync();
    }

    /// <summary>The browser tells that the server does not want a file, or that it did not get there.</summary>
    [JSInvokable]
    public async Task OnRefused(int key, string code, string message)
    {
        // A full queue empties; a full disk does not.
        var waits = false;
        Change(key, row =>
        {
            waits = code == RefusalCode.Busy && row.Refusals < MostRetries;
            if (waits)
                row.Wait();
            else
                row.Refuse(new AnalysisError(code, message, row.Name));
        });
        if (waits)
            await Task.Delay(RetryAfter, closing.Token);
        await SendNextAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        closing.Dispose();
        self?.Dispose();
        await BrowserSide.LetGoAsync(null, module);
    }

    private async Task SendNextAsync()
    {
        module ??= await js.InvokeAsync<IJSObjectReference>("import", "/js/files.js");
        self ??= DotNetObjectReference.Create(this);
        while (rows.Count(row => row.State == UploadState.Uploading) < AtATime
            && rows.FirstOrDefault(row => row.State == UploadState.Waiting) is { } next)
        {
            next.Uploaded(0);
            Changed?.Invoke();
            await module.InvokeVoidAsync("upload", next.Key, self);
        }
    }

    private async Task WatchAsync(UploadRow row, string id)
    {
        try
        {
            await foreach (var state in analyses.WatchAsync(id, closing.Token))
            {
                if (row.Id != id)
                    return;
                row.Watch(state);
                Changed?.Invoke();
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The person left; the analysis goes on and can be found among the recent results.
        }
    }

    private void Change(int key, Action<UploadRow> change)
    {
        if (rows.Find(row => row.Key == key) is not { } row)
            return;
        change(row);
        Changed?.Invoke();
    }
}
