using System.IO.Compression;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Records;

/// <summary>
/// A record that comes as one file: a <c>.mat</c>, a <c>.csv</c>, or a ZIP with the files of one record, as which the browser sends a header and what it
/// names.
/// </summary>
public static class RecordUpload
{
    // Unpacked, whatever an archive claims: as much as the largest recording whose samples fit into memory.
    private const long MaxUnpackedBytes = 256L << 20;

    // A header is a line for each signal or segment; what claims to be a longer one is not read at all.
    private const long MaxHeaderBytes = 1L << 20;

    // A record has a header and a few files of samples; one of many segments has more.
    private const int MaxEntries = 1000;

    /// <summary>Whether a file is meant as a record.</summary>
    /// <param name="fileName">Its name.</param>
    /// <param name="bytes">Its content.</param>
    public static bool Is(string fileName, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!IsZip(bytes))
            return RecordFiles.Endings.Contains(Path.GetExtension(fileName).ToLowerInvariant());
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
            return archive.Entries.Any(entry => Path.GetExtension(entry.Name).ToLowerInvariant() is ".hea" or ".mat");
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads it.</summary>
    /// <param name="fileName">Its name, which the result repeats.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RefusalException">It cannot be worked on.</exception>
    public static RecordSource Open(string fileName, byte[] bytes, RecordLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(bytes);
        if (!IsZip(bytes))
            return RecordFiles.Open(fileName, file => file == fileName ? bytes : throw new FileNotFoundException(null, file), limits);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false));
            if (archive.Entries.Count > MaxEntries)
                throw new RefusalException(RefusalCode.TooLarge, $"The archive has {archive.Entries.Count} files; {MaxEntries} are the most of one record.");
            var left = MaxUnpackedBytes;
            byte[] Entry(string file)
            {
                var entry = archive.Entries.FirstOrDefault(entry => entry.Name == file) ?? throw new FileNotFoundException(null, file);
                var content = Unpack(entry, left);
                left -= content.Length;
                return content;
            }

            return RecordFiles.Open(NameIn(archive), Entry, limits) with { Name = fileName };
        }
        catch (InvalidDataException)
        {
            throw new RefusalException(RefusalCode.Damaged, "The archive is damaged. Please pack the record's files again.");
        }
    }

    private static bool IsZip(byte[] bytes) => bytes.AsSpan().StartsWith("PK\x3\x4"u8);

    /// <summary>The record in an archive: its only header; of several the one that is made of the others; without one the only .mat.</summary>
    private static string NameIn(ZipArchive archive)
    {
        var headers = archive.Entries.Where(IsHeader).ToArray();
        if (headers is [])
            return archive.Entries.First(entry => entry.Name.EndsWith(".mat", StringComparison.OrdinalIgnoreCase)).Name;
        if (headers is [var only])
            return only.Name;
        // The first line of a record of segments is NAME/SEGMENTS ….
        var whole = headers.Where(header => System.Text.Encoding.UTF8.GetString(Unpack(header, MaxUnpackedBytes)).Split(' ', 2)[0].Contains('/', StringComparison.Ordinal)).ToArray();
        return whole is [var one]
            ? one.Name
            : throw new RefusalException(RefusalCode.Unsupported, $"The archive has {headers.Length} records; one at a time, please.");
    }

    /// <summary>The content of an entry, whose length is known before anything is unpacked.</summary>
    private static byte[] Unpack(ZipArchiveEntry entry, long most)
    {
        if (IsHeader(entry) && entry.Length > MaxHeaderBytes)
            throw new RefusalException(RefusalCode.TooLarge, $"The header {entry.Name} has more than {MaxHeaderBytes >> 20} MB.");
        if (entry.Length > most)
            throw new RefusalException(RefusalCode.TooLarge, $"The archive's files have more than {MaxUnpackedBytes >> 20} MB.");
        using var stream = entry.Open();
        var content = new byte[entry.Length];
        // An archive that claims less or more than it holds is damaged.
        if (stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length || stream.ReadByte() >= 0)
            throw new InvalidDataException();
        return content;
    }

    private static bool IsHeader(ZipArchiveEntry entry) => entry.Name.EndsWith(".hea", StringComparison.OrdinalIgnoreCase);
}
