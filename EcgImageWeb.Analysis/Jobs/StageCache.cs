using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Vision.Decoding;

namespace EcgImageWeb.Analysis.Jobs;

/// <summary>
/// The stages' records of the few uploads that are being corrected right now. Whoever works on one takes it out and brings it
/// back, so that no two analyses share one; what is large, old or too many is let go and made anew when it is wanted.
/// </summary>
internal sealed class StageCache(TimeProvider time)
{
    private const int Most = 2;

    /// <summary>Pixels of a picture whose records are kept, at most: with all its stages about ten bytes each.</summary>
    private const long MostPixels = 20_000_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock sync = new();
    private readonly List<(string Upload, StageRecords Records, DateTimeOffset Since)> kept = [];

    /// <summary>The records of an upload, which are the caller's from now on; empty ones when there are none.</summary>
    public StageRecords Take(string upload)
    {
        lock (sync)
        {
            var at = kept.FindIndex(entry => entry.Upload == upload);
            if (at < 0)
                return new StageRecords();
            var records = kept[at].Records;
            kept.RemoveAt(at);
            return records;
        }
    }

    /// <summary>Keeps records for the next correction.</summary>
    public void BringBack(string upload, StageRecords records)
    {
        if (records.Latest<PageImage>("decode") is not { Pixels: var picture } || (long)picture.Width * picture.Height > MostPixels)
            return;
        lock (sync)
        {
            kept.RemoveAll(entry => entry.Upload == upload);
            kept.Add((upload, records, time.GetUtcNow()));
            if (kept.Count > Most)
                kept.RemoveAt(0);
        }
    }

    /// <summary>Lets go of what nobody has asked for in a while.</summary>
    public void Sweep()
    {
        lock (sync)
            kept.RemoveAll(entry => entry.Since + KeptFor <= time.GetUtcNow());
    }
}
