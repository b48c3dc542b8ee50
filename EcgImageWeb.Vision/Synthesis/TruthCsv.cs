using System.Globalization;
using System.IO.Compression;
using System.Text;
using EcgImageWeb.Signal;

namespace EcgImageWeb.Vision.Synthesis;

/// <summary>Truth of a page as a file: gzip'ed CSV, a column a lead, a row a sample, mV with four decimals, empty where the page does not show the lead.</summary>
public static class TruthCsv
{
    /// <summary>The file's bytes; the same truth gives the same bytes.</summary>
    /// <param name="truth">Leads of one length and rate.</param>
    public static byte[] Write(IReadOnlyList<LeadSignal> truth)
    {
        var text = new StringBuilder(string.Join(',', truth.Select(lead => lead.Name))).Append('\n');
        for (var row = 0; row < truth[0].Mv.Length; row++)
            text.AppendJoin(',', truth.Select(lead => float.IsFinite(lead.Mv[row]) ? lead.Mv[row].ToString("F4", CultureInfo.InvariantCulture) : "")).Append('\n');
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal))
            zip.Write(Encoding.ASCII.GetBytes(text.ToString()));
        return bytes.ToArray();
    }

    /// <summary>Reads such a file.</summary>
    /// <param name="bytes">The gzip'ed CSV.</param>
    /// <param name="sampleRateHz">Its rate, which the index tells.</param>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static IReadOnlyList<LeadSignal> Read(byte[] bytes, double sampleRateHz)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.ASCII);
        var names = text.ReadLine()?.Split(',') ?? throw new InvalidDataException("The truth is empty.");
        var columns = names.Select(_ => new List<float>()).ToArray();
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != names.Length)
                throw new InvalidDataException($"A row of {cells.Length} cells under {names.Length} names.");
            for (var i = 0; i < cells.Length; i++)
                columns[i].Add(cells[i].Length == 0 ? float.NaN
                    : float.TryParse(cells[i], CultureInfo.InvariantCulture, out var mv) ? mv
                    : throw new InvalidDataException($"\"{cells[i]}\" is not a number."));
        }
        return [.. names.Select((name, i) => new LeadSignal(name, sampleRateHz, [.. columns[i]]))];
    }
}
