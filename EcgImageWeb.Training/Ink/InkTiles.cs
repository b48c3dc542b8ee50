using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Networks;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Training.Ink;

/// <summary>Pieces of generated pages at the ink network's scale, with the traces that are on them.</summary>
public sealed class InkTiles : IExamples
{
    /// <summary>Size of a piece, pixels of the network's picture: 32 x 64 mm.</summary>
    public const int Height = 128, Width = 256;

    /// <summary>Pixels a millimetre that pages are drawn with at most: finer ones look the same at the network's scale, and take longer.</summary>
    private const double FinestPxPerMm = 6;

    /// <summary>Shares of clean and scanned pages, the rest are photographs; and of pages worn hard.</summary>
    private const double Clean = 0.15, Scanned = 0.45, Hard = 0.6;

    /// <summary>Pieces without a trace are kept this often: headers and tables are most of them.</summary>
    private const double KeptWithoutTrace = 0.3;

    /// <summary>The scale that a page is read with may be off by so much.</summary>
    private const double ScaleError = 0.04;

    /// <summary>Far enough apart that the seeds of pages beside each other share none.</summary>
    internal const int SeedStep = 7919;

    private readonly IReadOnlyList<(byte[] Page, byte[] Ink)> _tiles;

    private InkTiles(IReadOnlyList<(byte[] Page, byte[] Ink)> tiles) => _tiles = tiles;

    /// <inheritdoc/>
    public Shape Input { get; } = new(InkInput.Channels, Height, Width);

    /// <inheritdoc/>
    public Shape Target { get; } = new(1, Height, Width);

    /// <inheritdoc/>
    public int Count => _tiles.Count;

    /// <summary>Draws pages and cuts pieces out of them, or reads those that were drawn before.</summary>
    /// <param name="cache">File that keeps them; it must be another one for other arguments.</param>
    /// <param name="records">Paths of 12-lead WFDB records without suffix; the pages take them in turn.</param>
    /// <param name="pages">Pages to draw.</param>
    /// <param name="piecesAPage">Pieces of each.</param>
    /// <param name="seed">Decides designs, wear and places.</param>
    /// <param name="progress">Told every page.</param>
    /// <param name="cancellationToken">Observed between pages.</param>
    public static InkTiles Drawn(string cache, IReadOnlyList<string> records, int pages, int piecesAPage, int seed, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(cache))
        {
            var drawn = new (byte[] Page, byte[] Ink)[pages][];
            var done = 0;
            Parallel.For(0, pages, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                drawn[i] = Pieces(Page(records[i % records.Count], unchecked(seed + (SeedStep * i)), cancellationToken), piecesAPage, new Random(unchecked(seed + (SeedStep * i) + 1)));
                progress?.Invoke(Interlocked.Increment(ref done));
            });
            AtomicFile.Write(cache, stream =>
            {
                foreach (var (page, ink) in drawn.SelectMany(pieces => pieces))
                {
                    stream.Write(page);
                    stream.Write(ink);
                }
            });
        }

        using var file = File.OpenRead(cache);
        var tiles = new (byte[] Page, byte[] Ink)[file.Length / ((InkInput.Channels + 1) * Height * Width)];
        for (var i = 0; i < tiles.Length; i++)
        {
            tiles[i] = (new byte[InkInput.Channels * Height * Width], new byte[Height * Width]);
            file.ReadExactly(tiles[i].Page);
            file.ReadExactly(tiles[i].Ink);
        }

        return new InkTiles(tiles);
    }

    /// <summary>The twelve leads of a record.</summary>
    public static IReadOnlyList<LeadSignal> Leads(string record)
    {
        var read = WfdbReader.Read(record);
        return [.. PageGenerator.LeadNames.Select(name => (read.Find(name) ?? throw new InvalidOperationException($"{record} has no lead {name}.")).ToLead())];
    }

    /// <summary>A page of any design and wear.</summary>
    private static InkTruth Page(string record, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random);
        if (design.PxPerMmX > FinestPxPerMm)
            design = design.AtWidth((int)(design.WidthMm * FinestPxPerMm));
        var kind = random.NextDouble();
        var look = kind < Clean ? PageLook.Clean : kind < Clean + Scanned ? PageLook.Scan : PageLook.Photo;
        var wear = PageWears.Draw(random, look, random.NextDouble() < Hard, design);
        var page = PageGenerator.Generate(Leads(record), design, wear, seed, cancellationToken);
        return InkTruth.Of(page, 1 + (ScaleError * ((2 * random.NextDouble()) - 1)));
    }

    private static (byte[] Page, byte[] Ink)[] Pieces(InkTruth page, int count, Random random)
    {
        var pieces = new List<(byte[] Page, byte[] Ink)>();
        while (pieces.Count < count)
        {
            int left = random.Next(Math.Max(1, page.Page.Width - Width + 1)), top = random.Next(Math.Max(1, page.Page.Height - Height + 1));
            var darkness = new float[InkInput.Channels * Height * Width];
            InkInput.Write(page.Page, left, top, Width, Height, darkness);
            var ink = new byte[Height * Width];
            for (var y = 0; y < Math.Min(Height, page.Ink.Height - top); y++)
                page.Ink.Pixels.AsSpan(((top + y) * page.Ink.Width) + left, Math.Min(Width, page.Ink.Width - left)).CopyTo(ink.AsSpan(y * Width));
            if (ink.AsSpan().ContainsAnyExcept((byte)0) || random.NextDouble() < KeptWithoutTrace)
                pieces.Add((Array.ConvertAll(darkness, value => (byte)Math.Round(value * 255)), ink));
        }

        return [.. pieces];
    }

    /// <inheritdoc/>
    public void Read(int index, Span<float> input, Span<float> target)
    {
        var (page, ink) = _tiles[index];
        for (var i = 0; i < page.Length; i++)
            input[i] = page[i] / 255f;
        for (var i = 0; i < ink.Length; i++)
            target[i] = ink[i] / 255f;
    }
}
