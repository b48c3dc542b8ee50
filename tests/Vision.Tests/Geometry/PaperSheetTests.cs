using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using Vision.Tests.Synthesis;

namespace Vision.Tests.Geometry;

/// <summary>Pages that only the edges of their paper show to be bent or seen from the side.</summary>
public class PaperSheetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Dark wood, a table nearly as bright as the paper, and cloth.</summary>
    public static TheoryData<int, BackgroundKind, double> Tables => new() { { 0x6B4426, BackgroundKind.Wood, 3 }, { 0xC9B7C4, BackgroundKind.Plain, -8 }, { 0x3A4A66, BackgroundKind.Cloth, 20 } };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_sheet_in_perspective_and_bent_has_straight_rows_and_columns(int colour, BackgroundKind kind, double degrees)
    {
        var page = Photographed(MadeLeads.Bent with { RotationDeg = degrees, Background = kind, BackgroundColour = Colour.Of(colour), Noise = 3, BlurPx = 0.8 });
        var sheet = Assert.IsType<PaperSheet>(PaperSheet.Find(page.Picture, Ct));
        var places = Places(page, sheet).ToArray();
        Assert.All(places.GroupBy(place => place.Wanted.YMm), row => Assert.InRange(row.Max(place => place.Found.YMm) - row.Min(place => place.Found.YMm), 0, 2));
        Assert.All(places.GroupBy(place => place.Wanted.XMm), column => Assert.InRange(column.Max(place => place.Found.XMm) - column.Min(place => place.Found.XMm), 0, 2));
        // What an edge is stretched along itself cannot be seen.
        Assert.All(places, place => Assert.InRange(Math.Max(Math.Abs(place.Found.XMm - place.Wanted.XMm), Math.Abs(place.Found.YMm - place.Wanted.YMm)), 0, 2.5));
        Assert.Equal(degrees, sheet.RotationDeg, 3.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_corner_that_was_missed_is_where_the_edges_meet(int missed)
    {
        var page = Photographed(new PageWear { RotationDeg = 5, Perspective = 0.08, Margin = 0.1, BackgroundColour = Colour.Of(0x3A4A66) });
        var off = 0.03 * page.Picture.Height * (missed < 2 ? 1 : -1);
        var outline = new PaperOutline([.. page.Corners.Select((corner, i) => i == missed ? new PixelPoint(corner.X, corner.Y + off) : corner)], [true, true, true, true]);
        var sheet = Assert.IsType<PaperSheet>(PaperSheet.Of(page.Picture, outline));
        Assert.All(Places(page, sheet), place => Assert.InRange(Math.Max(Math.Abs(place.Found.XMm - place.Wanted.XMm), Math.Abs(place.Found.YMm - place.Wanted.YMm)), 0, 0.5));
    }

    [Theory]
    [InlineData(3, 0.8)]
    [InlineData(12, 0.93)]
    public void Of_a_sheet_that_is_cut_off_at_a_side_or_a_corner_the_rows_still_lie_straight(double degrees, double share)
    {
        var page = Photographed(MadeLeads.Bent with { RotationDeg = degrees, Perspective = 0.02 });
        var cut = Cropped(page.Picture, share);
        var sheet = Assert.IsType<PaperSheet>(PaperSheet.Find(cut, Ct));
        // Places beyond the cut are left out.
        foreach (var row in Places(page, sheet).Where(place => place.Picture.X < cut.Width).GroupBy(place => place.Wanted.YMm))
            Assert.True(row.Max(place => place.Found.YMm) - row.Min(place => place.Found.YMm) < 2, $"the row at {row.Key:F0} mm rises by {row.Max(place => place.Found.YMm) - row.Min(place => place.Found.YMm):F2} mm");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Paper_that_fills_the_picture_has_no_outline(double degrees)
    {
        var page = Photographed(new PageWear { RotationDeg = degrees, BackgroundColour = Colour.Of(0xFFFFFF), Noise = 3, UnevenLight = 0.3, Shadow = 0.3 });
        Assert.Null(PaperSheet.Find(page.Picture, Ct));
    }

    [Theory]
    [InlineData(0xFFFFFF)]
    [InlineData(0xF6DFE4)]
    public void A_frame_or_a_tinted_area_on_the_paper_is_not_its_edge(int colour)
    {
        var design = FormatTests.Design(PageFormat.Named("3x4+1"));
        design = design with { Grid = design.Grid with { Kind = GridKind.None, Paper = Colour.Of(colour), Area = (12, 12, design.WidthMm - 12, design.HeightMm - 12) } };
        Assert.Null(PaperSheet.Find(PageGenerator.Generate(FormatTests.Beats(1), design, new PageWear { Noise = 3, UnevenLight = 0.2 }, 1, Ct).Picture, Ct));
    }

    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(3000, 4, 1)]
    [InlineData(9, 1200, 3)]
    [InlineData(640, 480, 1)]
    [InlineData(640, 480, 3)]
    public void Pictures_of_anything_do_no_harm(int width, int height, int channels)
    {
        var random = new Random(width + height + channels);
        var noise = new byte[width * height * channels];
        random.NextBytes(noise);
        // Noise, half of it dark, a triangle, two sheets that touch, nothing at all.
        foreach (var inside in (Func<double, double, bool>[])[(_, _) => true, (x, _) => x < 0.5, (x, y) => x + y < 1, (x, y) => (x - 0.5) * (y - 0.5) > 0, (_, _) => false])
        {
            var pixels = noise.Select((value, i) => inside((i / channels % width) / (double)width, (i / channels / width) / (double)height) ? (byte)(200 + (value / 8)) : (byte)(value / 8)).ToArray();
            if (PaperSheet.Find(new Raster(width, height, channels, pixels), Ct) is { } sheet)
                Assert.InRange(sheet.Size.Width * (double)sheet.Size.Height, 1, 16e6);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_photograph_of_a_page_without_a_grid_is_read_however_it_lies(int degrees)
    {
        var page = Photographed(MadeLeads.Bent with { RotationDeg = 4, Noise = 3, BlurPx = 0.6, UnevenLight = 0.2 });
        var image = new PageImage(new QuarterTurn(degrees).Apply(page.Picture), "png", 1, 1, []);
        var (found, layout) = PageLocator.Locate(image, PageUprighter.Upright(image, Ct), Ct);
        Assert.Equal([.. page.Design.Format.Leads, "II"], layout.Leads.Select(lead => lead.Name));
        Assert.Equal("pulse", layout.GainFrom);
        Assert.Contains(found.Notes, note => note.Code == "page-flattened" && note.Message.Contains("paper", StringComparison.Ordinal));
        // The corners are the sheet's own, to two millimetres of the picture.
        foreach (var (corner, known) in found.Corners.Zip(page.Corners.Select(Lying)))
            Assert.InRange(Math.Sqrt(Math.Pow(corner.X - known.X, 2) + Math.Pow(corner.Y - known.Y, 2)), 0, 2 * page.Design.PxPerMmX / page.Wear.PixelSize);

        PixelPoint Lying(PixelPoint place) => degrees switch
        {
            90 => new PixelPoint(place.Y, page.Picture.Width - place.X),
            180 => new PixelPoint(page.Picture.Width - place.X, page.Picture.Height - place.Y),
            270 => new PixelPoint(page.Picture.Height - place.Y, place.X),
            _ => place,
        };
    }

    [Theory]
    [InlineData(0xC9A46A, 0.95)]
    [InlineData(0xC9A46A, -0.95)]
    [InlineData(0xB0855A, 0.9)]
    public void Paper_in_shade_that_is_darker_than_a_table_in_the_light_is_told_by_its_hue(int table, double slope)
    {
        var page = Photographed(MadeLeads.Bent with { RotationDeg = 2, BackgroundColour = Colour.Of(table) });
        // Light that fades across the picture.
        var pixels = page.Picture.Pixels.Select((value, i) => (byte)(value * (1 - (Math.Abs(slope) / 2) + (slope * ((i / 3 % page.Picture.Width / (double)page.Picture.Width) - 0.5))))).ToArray();
        var outline = Assert.IsType<PaperOutline>(PaperOutline.Find(page.Picture with { Pixels = pixels }, Ct));
        foreach (var (corner, known) in outline.Corners.Zip(page.Corners))
            Assert.InRange(Math.Sqrt(Math.Pow(corner.X - known.X, 2) + Math.Pow(corner.Y - known.Y, 2)), 0, 0.012 * page.Picture.Width);
    }

    [Theory]
    [InlineData(0x20242A, 1)]
    [InlineData(0x6B4426, 3)]
    public void What_the_paper_lies_on_is_painted_over_and_what_is_on_it_is_not(int table, int channels)
    {
        var page = Photographed(MadeLeads.Bent with { RotationDeg = 6, BackgroundColour = Colour.Of(table), UnevenLight = 0.2 });
        var picture = channels == 1 ? Gray.Of(page.Picture) : page.Picture;
        var sheet = Assert.IsType<PaperSheet>(PaperSheet.Find(picture, Ct));
        var painted = Assert.IsType<Raster>(sheet.Continued(picture, [new PixelPoint(picture.Width / 2.0, picture.Height / 2.0)]));
        for (var y = 1; y < picture.Height; y += 7)
            for (var x = 1; x < picture.Width; x += 7)
            {
                var i = ((y * picture.Width) + x) * channels;
                var (xMm, yMm) = page.Map.ToPage(new PixelPoint(x, y)) is var place ? (place.XMm, place.YMm) : default;
                var within = Math.Min(Math.Min(xMm, page.Design.WidthMm - xMm), Math.Min(yMm, page.Design.HeightMm - yMm));
                if (within > 3)
                    Assert.Equal(picture.Pixels[i], painted.Pixels[i]);
                else if (within < -3)
                    // As bright as shaded paper; the table's red is below 110.
                    Assert.InRange(painted.Pixels[i + channels - 1], 140, 255);
            }

        // A sheet that does not hold what is printed is a part of the page.
        Assert.Null(sheet.Continued(picture, [new PixelPoint(picture.Width / 2.0, picture.Height / 2.0), new PixelPoint(1, 1)]));
    }

    /// <summary>A page without a grid; its pulses and names are those of the usual one.</summary>
    private static GeneratedPage Photographed(PageWear wear)
    {
        var design = FormatTests.Design(PageFormat.Named("3x4+1"));
        return PageGenerator.Generate(FormatTests.Beats(1), design with { Grid = design.Grid with { Kind = GridKind.None }, Pulse = PulsePlace.Left }, wear, 1, Ct);
    }

    /// <summary>Places of the flat sheet: where they are taken to be, and where they are; millimetres.</summary>
    private static IEnumerable<(PixelPoint Picture, PagePoint Wanted, PagePoint Found)> Places(GeneratedPage page, PaperSheet sheet)
    {
        for (var u = 0.05; u < 1; u += 0.1)
            for (var v = 0.05; v < 1; v += 0.1)
            {
                var picture = sheet.ToPicture(new PixelPoint(u * sheet.Size.Width, v * sheet.Size.Height));
                yield return (picture, new PagePoint(u * page.Design.WidthMm, v * page.Design.HeightMm), page.Map.ToPage(picture));
            }
    }

    private static Raster Cropped(Raster picture, double share)
    {
        using var whole = picture.ToMat();
        using var part = whole[new OpenCvSharp.Rect(0, 0, (int)(picture.Width * share), picture.Height)];
        using var copy = part.Clone();
        return copy.ToRaster();
    }
}
