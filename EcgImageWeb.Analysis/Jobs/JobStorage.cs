using System.Text.Json;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>The files of the analyses: a folder of each, with what was handed in and what came out of it.</summary>
/// <param name="root">The folder of all; owned by one server.</param>
/// <param name="onFailure">Told of failures that no input should cause (a full disk), with the id of the analysis.</param>
internal sealed class JobStorage(string root, Action<Exception, string> onFailure)
{
    private const string UploadFile = "upload.bin";

    /// <summary>Makes the folder what an earlier server left: what is finished and not too old; all else is removed.</summary>
    public IEnumerable<AnalysisState> TakeOver(TimeSpan keepFor, DateTimeOffset now)
    {
        // Reports are about patients: nobody else on this machine reads them.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(root);
        else
        {
            const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(root, Mine);
            // It may have been there, open to all; somebody else's cannot be closed, and is not used.
            File.SetUnixFileMode(root, Mine);
        }
        foreach (var folder in Directory.GetDirectories(root).Where(folder => IsId(Path.GetFileName(folder))))
            if (Restore(folder, keepFor) is { } state && state.Expires > now)
                yield return state;
            else
                Delete(Path.GetFileName(folder));
    }

    public string FolderOf(string id) => Path.Combine(root, id);

    /// <summary>The file that was handed in.</summary>
    public byte[] Upload(string id) => File.ReadAllBytes(UploadOf(id));

    /// <summary>Keeps a file as if it had been handed in.</summary>
    public void Keep(string id, byte[] file)
    {
        Directory.CreateDirectory(FolderOf(id));
        File.WriteAllBytes(UploadOf(id), file);
    }

    /// <summary>Keeps a file that is being handed in.</summary>
    /// <exception cref="RefusalException">It is empty or too large, or the disk is full.</exception>
    public async Task SaveAsync(string id, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        long total = 0;
        var file = OnDisk(id, () =>
        {
            Directory.CreateDirectory(FolderOf(id));
            return new FileStream(UploadOf(id), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        });
        await using (file.ConfigureAwait(false))
        {
            int read;
            while ((read = await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                total += read;
                if (total > maxBytes)
                    throw new RefusalException(RefusalCode.TooLarge, $"The file is larger than the limit of {maxBytes / 1_000_000} MB.");
                OnDisk(id, () =>
                {
                    file.Write(buffer, 0, read);
                    return read;
                });
            }
        }
        if (total == 0)
            throw new RefusalException(RefusalCode.Empty, "The file is empty.");
    }

    /// <summary>Gives another analysis the same file.</summary>
    /// <returns>False where there is none: deleted in this moment, or handed in before files were kept.</returns>
    /// <exception cref="RefusalException">The disk is full.</exception>
    public bool Copy(string from, string to) => OnDisk(to, () =>
    {
        Directory.CreateDirectory(FolderOf(to));
        try
        {
            File.Copy(UploadOf(from), UploadOf(to));
            return true;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    });

    /// <summary>A file of a result; null where there is none of that name.</summary>
    /// <param name="id">The analysis.</param>
    /// <param name="path">As in <see cref="AnalysisFolder"/>.</param>
    public Stream? Open(string id, string path)
    {
        if (!IsResultPath(path))
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

    /// <summary>Makes the report of a result, which is made when it is first asked for, and once.</summary>
    public void MakeReport(string id)
    {
        try
        {
            if (!File.Exists(Path.Combine(FolderOf(id), AnalysisFolder.ReportFile)))
                AnalysisFolder.WriteReport(FolderOf(id));
        }
        catch (IOException failure)
        {
            onFailure(failure, id);
        }
    }

    /// <summary>Removes what an analysis has written so far; the file that was handed in stays.</summary>
    public void Clear(string id)
    {
        try
        {
            foreach (var file in Directory.GetFiles(FolderOf(id)).Where(file => Path.GetFileName(file) != UploadFile))
                File.Delete(file);
            foreach (var folder in Directory.GetDirectories(FolderOf(id)))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            onFailure(failure, id);
        }
    }

    /// <summary>Removes all files of an analysis.</summary>
    public void Delete(string id)
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

    private static AnalysisState? Restore(string folder, TimeSpan keepFor)
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
                "", 1, submitted, submitted + keepFor, result, error)
            { Record = record };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsId(string name) => name.Length == 32 && name.All(char.IsAsciiHexDigitLower);

    // "name.ext" or "leads/name.ext" of letters, digits and dashes: nothing that could leave the folder.
    private static bool IsResultPath(string path)
    {
        var name = path.StartsWith("leads/", StringComparison.Ordinal) ? path["leads/".Length..] : path;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            && name[..dot].All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && name[(dot + 1)..] is "png" or "jpg" or "json" or "csv" or "hea" or "dat" or "pdf";
    }

    private string UploadOf(string id) => Path.Combine(FolderOf(id), UploadFile);

    // A disk that is full is not an upload that was cut off, though both are an IOException.
    private T OnDisk<T>(string id, Func<T> work)
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
