namespace EcgImageWeb.Analysis.Jobs;

/// <summary>Settings of the job queue: <c>Storage</c>, <c>Queue</c> and <c>Limits</c> of appsettings.json.</summary>
public sealed record JobOptions
{
    /// <summary>Folder for uploads and results; one subfolder an analysis. Owned by one server.</summary>
    public string StorageFolder { get; init; } = Path.Combine(Path.GetTempPath(), "ecg-image-web");

    /// <summary>How long the files of an analysis stay after it was handed in.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Analyses that wait or run at most; a further one is refused as <c>busy</c>.</summary>
    public int Capacity { get; init; } = 64;

    /// <summary>Analyses that run at the same time; each holds its page in memory.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Bytes of an upload at most.</summary>
    public long MaxBytes { get; init; } = 50_000_000;

    /// <summary>How long the bytes of one upload may take to arrive.</summary>
    public TimeSpan MaxUpload { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one analysis may take before it is stopped.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(1);
}
