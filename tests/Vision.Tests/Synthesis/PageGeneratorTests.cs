using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace Vision.Tests.Synthesis;

public class PageGeneratorTests
{
    private static GeneratedPage Made(PageDesign design, PageWear? wear = null, int seed = 1) =>
        PageGenerator.Generate(MadeLeads.Twelve(), design, wear ?? PageWear.None, seed, TestContext.Current.CancellationToken);

    [Fact]
    public void The_ink_of_a_clean_page_is_centred_on_the_truth()
    {
        var page = Made(MadeLeads.Plain("3x4+1", "II"));
        Assert.InRange(CentroidErrors(page).Select(Math.Abs).Average(), 0, 0.03);
        Assert.InRange(CentroidErrors(page).Average(), -0.005, 0.005);
    }

    [Fact]
    public void The_ink_of_a_bent_and_photographed_page_is_centred_on_the_truth()
    {
        var page = Made(MadeLeads.Plain("3x4+1", "II"), MadeLeads.Bent);
        Assert.InRange(CentroidErrors(page).Select(Math.Abs).Average(), 0, 0.1);
        Assert.InRange(CentroidErrors(page).Average(), -0.03, 0.03);
    }

    [Fact]
    public void Every_trace_is_dark_where_the_mask_says_and_nowhere_else()
    {
        var page = Made(MadeLeads.Plain("6x2"));
        int ink = 0, both = 0, mask = 0;
        for (var i = 0; i < page.Mask.Pixels.Length; i++)
        {
            // The names are above the traces; only the traces' own reach is looked at.
            var isInk = page.Picture.Pixels[i * 3] < 128;
            ink += isInk ? 1 : 0;
            mask += page.Mask.Pixels[i] != 0 ? 1 : 0;
            both += isInk && page.Mask.Pixels[i] != 0 ? 1 : 0;
        }
        Assert.InRange((double)both / mask, 0.99, 1);
        Assert.InRange((double)both / ink, 0.97, 1);
    }

    [Fact]
    public void A_pixel_that_two_traces_cover_is_marked_as_overlap()
    {
        var leads = MadeLeads.Twelve(3);
        var page = PageGenerator.Generate(leads, MadeLeads.Plain("12x1"), PageWear.None, 1, TestContext.Current.CancellationToken);
        Assert.Contains(page.Mask.Pixels, label => (label & TraceMask.Overlap) != 0);
        Assert.All(page.Mask.Pixels, label => Assert.True((label & ~TraceMask.Overlap) <= 12 && label != TraceMask.Overlap));
    }

    [Fact]
    public void The_map_leads_to_the_picture_and_back()
    {
        var page = Made(MadeLeads.Plain("3x4"), MadeLeads.Bent);
        for (var x = 0; x <= 297; x += 9)
        {
            for (var y = 0; y <= 210; y += 7)
            {
                var back = page.Map.ToPage(page.Map.ToPicture(new PagePoint(x, y)));
                Assert.InRange(Math.Sqrt(Math.Pow(back.XMm - x, 2) + Math.Pow(back.YMm - y, 2)), 0, 1e-4);
            }
        }
    }

    [Fact]
    public void The_corners_of_the_picture_are_those_of_the_sheet()
    {
        var flat = Made(MadeLeads.Plain("3x4"));
        Assert.Equal([new(0, 0), new(1485, 0), new(1485, 966), new(0, 966)], flat.Corners.Select(corner => new PixelPoint(Math.Round(corner.X, 9), Math.Round(corner.Y, 9))));

        var turned = Made(MadeLeads.Plain("3x4"), new PageWear { RotationDeg = 90, Margin = 0.1, BackgroundColour = Colour.Of(0x101010) });
        var (a, b) = (turned.Corners[0], turned.Corners[1]);
        Assert.Equal(a.X, b.X, 0.01);
        Assert.Equal(1485, b.Y - a.Y, 0.01);
        // Paper inside of the corner, table outside.
        Assert.True(At(turned.Picture, (int)a.X - 4, (int)a.Y + 4) > 200);
        Assert.True(At(turned.Picture, (int)a.X + 4, (int)a.Y + 4) < 60);
    }

    [Theory]
    [InlineData("clean"), InlineData("scan"), InlineData("photo")]
    public void The_same_seed_gives_the_same_bytes(string look)
    {
        byte[][] files = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            var random = new Random(5);
            var design = PageDesigns.Draw(random).AtWidth(600);
            return Made(design, PageWears.Draw(random, Enum.Parse<PageLook>(look, true), true, design), 5).File;
        })];
        Assert.Equal(files[0], files[1]);
    }

    public static TheoryData<string> Formats => [.. PageFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_shows_its_leads_in_reading_order_with_their_seconds(string name)
    {
        var format = PageFormat.Named(name);
        var page = Made(PageDesigns.Draw(new Random(3), format) with { MmPerS = 25, Seconds = format.Columns == 3 ? 7.5 : 10, ColumnsSimultaneous = false, WidthMm = 310, HeightMm = 260, LeftMm = 25 });
        Assert.Equal(format.Leads, page.Leads.Where(lead => !lead.IsRhythm).Select(lead => lead.Printed));
        Assert.Equal(format.RhythmStrips, page.Leads.Count(lead => lead.IsRhythm));
        var columnS = format.Columns switch { 1 => 10, 2 => 5, _ => 2.5 };
        Assert.All(page.Leads, lead => Assert.Equal(lead.IsRhythm ? 10 : columnS, lead.Signal.DurationS, 0.001));
        for (var column = 0; column < format.Columns; column++)
            Assert.Equal(column * columnS, page.Leads[column * format.Rows].Signal.StartS, 0.001);
        foreach (var row in Enumerable.Range(1, format.Rows - 1))
            Assert.True(page.Leads[row].Polyline[0].Y - page.Leads[row - 1].Polyline[0].Y > 0);
        Assert.All(page.Leads, lead => Assert.Equal(1, lead.Signal.Coverage));
    }

    [Fact]
    public void Truth_is_the_recording_where_the_page_shows_it_and_unknown_elsewhere()
    {
        var page = Made(MadeLeads.Plain("3x4+1-cabrera", "II"));
        var leads = MadeLeads.Twelve();
        Assert.Equal(leads[1].Mv, page.Truth[1].Mv);
        Assert.Equal(leads[3].Mv[..1250], page.Truth[3].Mv[..1250]);
        Assert.All(page.Truth[3].Mv[1250..], mv => Assert.True(float.IsNaN(mv)));
        // Cabrera prints aVR upside down: where aVR is negative, the trace is above its zero line.
        var upsideDown = page.Leads.Single(lead => lead.Printed == "-aVR");
        var zero = (page.Design.TopMm + (2 * page.Design.RowMm)) * page.Design.PxPerMmY;
        Assert.Equal(zero + (leads[3].Mv[100] * 10 * page.Design.PxPerMmY), upsideDown.Polyline[100].Y, 0.01);
    }

    [Fact]
    public void Truth_reads_back_from_its_file()
    {
        var truth = Made(MadeLeads.Plain("3x4+1", "II")).Truth;
        var read = TruthCsv.Read(TruthCsv.Write(truth), 500);
        Assert.Equal(truth.Select(lead => lead.Name), read.Select(lead => lead.Name));
        for (var k = 0; k < 12; k++)
            for (var i = 0; i < 5000; i++)
                Assert.True(float.IsNaN(truth[k].Mv[i]) ? float.IsNaN(read[k].Mv[i]) : Math.Abs(truth[k].Mv[i] - read[k].Mv[i]) < 0.0001);
    }

    [Fact]
    public void A_missing_lead_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => PageGenerator.Generate(
            MadeLeads.Twelve()[..11], MadeLeads.Plain("3x4"), PageWear.None, 1, TestContext.Current.CancellationToken));
        Assert.Contains("V6", error.Message);
    }

    /// <summary>Ink's centroid minus the truth's row in columns where the traces are nearly level, so that ink and column cross squarely.</summary>
    private static List<double> CentroidErrors(GeneratedPage page)
    {
        var errors = new List<double>();
        foreach (var lead in page.Leads)
        {
            for (var i = 20; i + 20 < lead.Polyline.Count; i++)
            {
                PixelPoint a = lead.Polyline[i], b = lead.Polyline[i + 1];
                var x = (int)Math.Floor(a.X) + 0.5;
                if (!(a.X <= x && x < b.X) || Math.Abs((b.Y - a.Y) / (b.X - a.X)) > 0.5)
                    continue;
                double y = a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X)), sum = 0, moment = 0;
                for (var row = (int)y - 5; row <= (int)y + 5; row++)
                {
                    var dark = 255 - At(page.Picture, (int)x, row);
                    (sum, moment) = (sum + dark, moment + (dark * (row + 0.5)));
                }
                errors.Add((moment / sum) - y);
            }
        }
        Assert.True(errors.Count > 1000);
        return errors;
    }

    private static int At(Raster picture, int x, int y) => picture.Pixels[((y * picture.Width) + x) * 3];
}
