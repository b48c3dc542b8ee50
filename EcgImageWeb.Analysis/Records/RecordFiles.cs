using System.Security.Cryptography;
using System.Text;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Records;

/// <summary>Reads records of any format into leads, and refuses with the codes of pages.</summary>
public static class RecordFiles
{
    /// <summary>Endings of files that are records or parts of one, with the dot.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".hea", ".dat", ".mat", ".csv"];

    // Texts are read whole, two bytes a character.
    private const long MaxCsvBytes = 256L << 20;

    // Of CinC 2017, whose .mat files are found without their headers most often.
    private const double MatRateHz = 300;

    /// <summary>Reads a record from disk.</summary>
    /// <param name="path">A WFDB record without suffix or its <c>.hea</c>, a <c>.mat</c> (with a <c>.hea</c> beside it that is read, without one 300 Hz is assumed), or a <c>.csv</c>.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RefusalException">It cannot be worked on.</exception>
    public static RecordSource Open(string path, RecordLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        limits ??= RecordLimits.Default;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        return Open(Path.GetFileName(path), name => Read(Path.Combine(folder, name), limits), limits);
    }

    /// <summary>Reads a record from wherever its files are (an upload, an archive).</summary>
    /// <param name="name">As above, a plain name.</param>
    /// <param name="readFile">Gives the whole file of a plain name; throws <see cref="FileNotFoundException"/> where there is none.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RefusalException">It cannot be worked on.</exception>
    public static RecordSource Open(string name, Func<string, byte[]> readFile, RecordLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(readFile);
        limits ??= RecordLimits.Default;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] Hashed(string file)
        {
            var bytes = readFile(file);
            hash.AppendData(bytes);
            return bytes;
        }

        bool Has(string file)
        {
            try
            {
                return readFile(file).Length > 0;
            }
            catch (IOException)
            {
                return false;
            }
        }

        try
        {
            var (format, leads, notes) = Leads(name, Hashed, Has, limits);
            if (leads.Length == 0)
                throw new RefusalException(RefusalCode.NotAnEcg, "The record has no channel in mV, µV or V that has any samples.");
            return new RecordSource(name, format, Convert.ToHexStringLower(hash.GetHashAndReset()), leads, notes);
        }
        catch (RecordFormatException damaged) when (damaged.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(RefusalCode.Damaged, $"A file of the record is missing: {damaged.File}. A WFDB record is its .hea and the files that this names, in one folder.");
        }
        catch (RecordFormatException damaged)
        {
            throw new RefusalException(RefusalCode.Damaged, $"The record cannot be read. {damaged.Message}");
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(RefusalCode.Damaged, $"There is no record '{name}': a .hea, .mat or .csv file was expected.");
        }
    }

    private static (string Format, LeadSignal[] Leads, IReadOnlyList<Note> Notes) Leads(
        string name, Func<string, byte[]> readFile, Func<string, bool> has, RecordLimits limits)
    {
        var notes = new List<Note>();
        var ending = Path.GetExtension(name).ToLowerInvariant();
        if (ending == ".csv")
        {
            var bytes = readFile(name);
            if (bytes.Length > MaxCsvBytes)
                throw new RefusalException(RefusalCode.TooLarge, $"The table is larger than {MaxCsvBytes >> 20} MB; a recording of that length is better kept as WFDB.");
            return ("csv", Known(LeadCsv.Read(name, Encoding.UTF8.GetString(bytes), limits)), notes);
        }
        var stem = Endings.Contains(ending) ? name[..^ending.Length] : name;
        if (ending != ".mat" || has(stem + ".hea"))
            return ("wfdb", Voltages(WfdbReader.Read(stem, readFile, limits)), notes);
        notes.Add(new Note("rate-assumed", $"There is no {stem}.hea beside the .mat file: {MatRateHz:0} samples a second and 1000 units a mV are assumed, as in the CinC challenge of 2017."));
        return ("mat", Voltages(MatFile.Parse(name, readFile(name), MatRateHz, limits: limits)), notes);

        LeadSignal[] Voltages(Record record)
        {
            var leads = new List<LeadSignal>();
            foreach (var signal in record.Signals)
            {
                if (signal.Unit is "mV" or "mv" or "MV" or "uV" or "µV" or "μV" or "V")
                    leads.Add(signal.ToLead());
                else
                    notes.Add(new Note("channel-left-out", $"Channel {signal.Name} is in {signal.Unit}, which is no voltage.", signal.Name));
            }
            return Known(leads);
        }
    }

    private static LeadSignal[] Known(IEnumerable<LeadSignal> leads) => [.. leads.Where(lead => lead.Mv.Length > 0 && !lead.Mv.All(float.IsNaN))];

    private static byte[] Read(string file, RecordLimits limits)
    {
        var info = new FileInfo(file);
        if (info.Exists && info.Length > limits.MaxFileBytes)
            throw new RefusalException(RefusalCode.TooLarge, $"{info.Name} has {info.Length:N0} bytes; the limit is {limits.MaxFileBytes:N0}.");
        return File.ReadAllBytes(file);
    }
}
