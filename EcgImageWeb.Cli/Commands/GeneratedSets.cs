using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Cli.Commands;

/// <summary>Pages of every layout drawn from records, as sets that can be measured: clean, scanned and photographed, mildly and hard.</summary>
internal static class GeneratedSets
{
    private static readonly (PageLook Look, string Level)[] Kinds =
        [(PageLook.Clean, "mild"), (PageLook.Scan, "mild"), (PageLook.Scan, "hard"), (PageLook.Photo, "mild"), (PageLook.Photo, "hard")];

    /// <summary>Draws some pages of each kind, from records evenly over a folder; the same seed gives the same pages.</summary>
    /// <param name="records">Folder of 12-lead WFDB records, searched with its subfolders.</param>
    /// <param name="count">Pages a kind.</param>
    /// <param name="seed">Decides designs and wear.</param>
    /// <param name="groups">Only these kinds, separated by commas; all when null.</param>
    /// <param name="cancellationToken">Observed between pages.</param>
    /// <returns>The folder of the sets.</returns>
    public static string Draw(string records, int count, int seed, string? groups, CancellationToken cancellationToken)
    {
        var all = Directory.GetFiles(records, "*.hea", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Path.ChangeExtension(file, null)).ToArray();
        if (all.Length < count)
            throw new UsageException($"{count} pages a kind need as many 12-lead records; {records} has {all.Length}. Name a folder of records with --data.");
        var folder = Path.Combine(Repository.Cache, "generated-pages", $"{seed}-{count}");
        var wanted = groups?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var k = 0; k < Kinds.Length; k++)
        {
            var (look, level) = Kinds[k];
            var name = look == PageLook.Clean ? "clean" : $"{look}-{level}".ToLowerInvariant();
            if (wanted is null || wanted.Contains(name))
                GenerateCommand.Run(
                    [.. Enumerable.Range(0, count).Select(i => all[i * all.Length / count])], Path.Combine(folder, name),
                    new GenerateCommand.Wish(null, "any", look, level, seed + k, 1, 0, false), cancellationToken);
        }

        return folder;
    }
}
