using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;
using Vision.Tests.Synthesis;

namespace Vision.Tests;

public class InkNetworkTests
{
    /// <summary>A grid as dark as the trace, as copies in gray have it.</summary>
    private static readonly PageDesign DarkGrid = MadeLeads.Plain("6x2") with
    {
        Grid = new GridDesign(GridKind.Lines, Colour.Of(0xFFFFFF), Colour.Of(0x909090), Colour.Of(0x303030), 0.15, 0.3, false),
        Pen = Colour.Of(0x404040),
        Pulse = PulsePlace.Left,
        LabelMm = 2.5,
        PenMm = 0.35,
    };

    private static readonly PageWear Written = new() { Handwriting = 6, BlurPx = 0.5, Noise = 3, JpegQuality = 80 };

    [Fact]
    public void Finds_traces_under_handwriting_and_a_dark_grid_where_darkness_does_not()
    {
        var page = PageGenerator.Generate(MadeLeads.Twelve(), DarkGrid, Written, 4, TestContext.Current.CancellationToken);
        var truth = InkTruth.Of(page);
        using var library = Library();
        var found = InkNetwork.Of(library)!.Of(page.Picture, DarkGrid.PxPerMmX, DarkGrid.PxPerMmY, TestContext.Current.CancellationToken);

        Assert.Equal((truth.Ink.Width, truth.Ink.Height), (found.Width, found.Height));
        var network = Overlap(truth.Ink, i => found.Values[i] > 0.5f);
        // The threshold that knows the truth: no other finds more.
        var threshold = Enumerable.Range(1, 25).Max(level => Overlap(truth.Ink, i => truth.Page.Pixels[i * 3] < level * 10));
        Assert.True(network > threshold + 0.15, $"network {network:0.00}, best threshold {threshold:0.00}");
    }

    [Fact]
    public void Leads_are_located_by_the_network_where_grid_and_print_outshine_the_traces()
    {
        var random = new Random(30);
        var design = PageDesigns.Draw(random);
        var page = PageGenerator.Generate(FormatTests.Beats(1), design, PageWears.Draw(random, PageLook.Scan, true, design), 30, TestContext.Current.CancellationToken);
        var image = PageDecoder.Decode(page.File, DecodeLimits.Default, TestContext.Current.CancellationToken);
        var upright = PageUprighter.Upright(image, TestContext.Current.CancellationToken);
        Assert.Throws<RefusalException>(() => LayoutFinder.Find(upright, TestContext.Current.CancellationToken));
        using var library = Library();
        var layout = LayoutFinder.Find(upright, InkNetwork.Of(library), TestContext.Current.CancellationToken);
        // Of the long strip's name, II, one stroke was found.
        Assert.Equal(design.Format.Leads.Append("II"), layout.Leads.Select(lead => lead.Name));
        Assert.True(layout.Leads.Count(lead => lead.NameFrom == "text") >= 5);
        // Nor where a person says what the format is.
        Assert.Throws<RefusalException>(() => LayoutFinder.As(upright, design.Format, TestContext.Current.CancellationToken));
        Assert.Equal(layout.Leads.Select(lead => lead.Name), LayoutFinder.As(upright, design.Format, InkNetwork.Of(library), TestContext.Current.CancellationToken).Leads.Select(lead => lead.Name));
    }

    [Fact]
    public void What_is_true_of_a_bent_photograph_lies_on_its_dark_pixels()
    {
        var page = PageGenerator.Generate(MadeLeads.Twelve(), MadeLeads.Plain("6x2"), MadeLeads.Bent, 1, TestContext.Current.CancellationToken);
        var truth = InkTruth.Of(page);
        double Mean(Func<byte, bool> which) => Enumerable.Range(0, truth.Ink.Pixels.Length).Where(i => which(truth.Ink.Pixels[i])).Average(i => truth.Page.Pixels[i * 3]);
        Assert.InRange(Mean(ink => ink == 255), 0, 140);
        Assert.InRange(Mean(ink => ink == 0), 200, 255);
    }

    [Theory]
    [InlineData(100), InlineData(640), InlineData(641), InlineData(1232), InlineData(1233), InlineData(5000)]
    public void Tiles_answer_for_every_pixel_once(int length)
    {
        var tiles = InkInput.Tiles(length, 640).ToArray();
        Assert.Equal(Enumerable.Range(0, length), tiles.SelectMany(tile => Enumerable.Range(tile.From, tile.To - tile.From)));
        Assert.All(tiles, tile => Assert.True(tile.At <= tile.From && tile.To <= tile.At + 640));
        // A pixel whose surroundings end with the tile is another tile's, but at the page's own edges.
        Assert.All(tiles, tile => Assert.True((tile.From == 0 || tile.From - tile.At >= 16) && (tile.To == length || tile.At + 640 - tile.To >= 16)));
    }

    [Fact]
    public void There_is_none_where_no_model_is()
    {
        var folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;
        try
        {
            using var library = new ModelLibrary(folder, new InferenceOptions());
            Assert.Null(InkNetwork.Of(library));
            Directory.CreateDirectory(Path.Combine(folder, InkNetwork.ModelName));
            File.Copy(Path.Combine(Models, InkNetwork.ModelName, ModelManifest.FileName), Path.Combine(folder, InkNetwork.ModelName, ModelManifest.FileName));
            using var withoutFile = new ModelLibrary(folder, new InferenceOptions());
            Assert.Null(InkNetwork.Of(withoutFile));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Models => Path.Combine(AppContext.BaseDirectory, "models");

    private static ModelLibrary Library() => new(Models, new InferenceOptions { Threads = 1 });

    private static double Overlap(Raster truth, Func<int, bool> isInk)
    {
        int both = 0, any = 0;
        for (var i = 0; i < truth.Pixels.Length; i++)
        {
            both += truth.Pixels[i] > 127 && isInk(i) ? 1 : 0;
            any += truth.Pixels[i] > 127 || isInk(i) ? 1 : 0;
        }

        return (double)both / any;
    }
}
