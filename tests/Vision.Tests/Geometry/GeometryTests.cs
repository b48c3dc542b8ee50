using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Synthesis;
using OpenCvSharp;

namespace Vision.Tests.Geometry;

public class GeometryTests
{
    [Fact]
    public void A_straight_page_is_passed_on_untouched_with_its_two_scales()
    {
        var drawn = GridPaper.Draw(7.752, 7.442);
        var page = Sample.Upright(drawn);
        Assert.Same(drawn.Pixels, page.Pixels.Pixels);
        Assert.Equal(("grid", 0.0), (page.ScaleFrom, page.RotationDeg));
        // A thousandth.
        Assert.Equal(7.752, page.PxPerMmX, 0.0078);
        Assert.Equal(7.442, page.PxPerMmY, 0.0075);
        Assert.Empty(page.Notes);
    }

    [Fact]
    public void A_scan_finer_than_a_pen_s_line_needs_is_made_as_fine_as_one_of_250_dpi()
    {
        var drawn = GridPaper.Draw(18, 17, widthMm: 200, heightMm: 140);
        var page = Sample.Upright(drawn);
        Assert.Equal(10, page.PxPerMmY, 0.02);
        Assert.Equal(10 * 18 / 17.0, page.PxPerMmX, 0.02);
        Assert.Equal(200 * page.PxPerMmX, page.Pixels.Width, 2.0);
        Assert.Equal(140 * page.PxPerMmY, page.Pixels.Height, 2.0);
        // The corners are still those of the picture.
        Assert.Equal((drawn.Width, drawn.Height), ((int)page.Corners[2].X, (int)page.Corners[2].Y));
    }

    [Theory]
    [InlineData(RotateFlags.Rotate90Clockwise, 90)]
    [InlineData(RotateFlags.Rotate90Counterclockwise, 270)]
    [InlineData(RotateFlags.Rotate180, 180)]
    public void A_page_on_its_side_or_head_gives_the_upright_page(RotateFlags turn, double rotation)
    {
        var drawn = GridPaper.Draw(7, 6.5);
        var page = Sample.Upright(PictureMaker.Changed(drawn, (from, to) => Cv2.Rotate(from, to, turn)));
        Assert.Equal(rotation, page.RotationDeg);
        Assert.Equal(drawn.Pixels, page.Pixels.Pixels);
        Assert.Equal(7, page.PxPerMmX, 0.007);
        Assert.Equal(6.5, page.PxPerMmY, 0.007);
        Assert.Contains(page.Notes, note => note.Code == "page-turned");
    }

    [Theory]
    [InlineData(7.3)]
    [InlineData(-0.4)]
    [InlineData(-31)]
    [InlineData(43)]
    public void Finds_a_rotation_to_a_twentieth_of_a_degree_and_the_scale_to_a_thousandth(double degrees)
    {
        var turned = GridPaper.Turned(GridPaper.Draw(6, 6), degrees);
        var page = Sample.Upright(turned);
        Assert.Equal(degrees, page.RotationDeg, 0.05);
        Assert.Contains(page.Notes, note => note.Code == "page-flattened");
        // As large as in the picture, so its corners are 6 px/mm apart there.
        var (topLeft, topRight) = (page.Corners[0], page.Corners[1]);
        var widthPx = Math.Sqrt(Math.Pow(topRight.X - topLeft.X, 2) + Math.Pow(topRight.Y - topLeft.Y, 2));
        Assert.Equal(6, widthPx / (page.Pixels.Width / page.PxPerMmX), 0.012);
    }

    [Fact]
    public void A_page_on_its_head_and_askew_is_put_upright()
    {
        var page = Sample.Upright(GridPaper.Turned(GridPaper.Draw(6, 6), 180 + 5.5));
        Assert.Equal(185.5, page.RotationDeg, 0.05);
        Assert.True(page.Corners[0].X > page.Corners[1].X && page.Corners[0].Y > page.Corners[3].Y);
    }

    [Fact]
    public void Recovers_the_perspective_of_a_photograph_from_the_counted_lines()
    {
        var drawn = GridPaper.Draw(6, 6);
        // The far side is three quarters as wide.
        (double X, double Y) ToPage(double x, double y)
        {
            var depth = 1 + (0.00028 * x) - (0.00012 * y);
            return (((1.15 * x) - (0.12 * y) - 60) / depth, ((0.1 * x) + (1.1 * y) - 90) / depth);
        }

        var growth = GridGrowth.Find(GridSignal.Of(GridPaper.Photograph(drawn, 1900, 1500, ToPage)), null, TestContext.Current.CancellationToken);
        Assert.NotNull(growth);
        var homography = GridHomography.Fit(growth.Across, growth.Down);
        Assert.Equal(0.00028, homography.G, 0.000003);
        Assert.Equal(-0.00012, homography.H, 0.000003);
    }

    /// <summary>Dots of dotted lines have a period of their own: beyond some place the counting runs ahead bit by bit.</summary>
    [Theory]
    [InlineData(0.35, 0, true), InlineData(0, 0, false), InlineData(0, 3e-6, false)]
    public void A_flat_sheet_on_which_many_of_the_counted_lines_lie_is_told_from_where_they_run_away(double runningAway, double bent, bool told)
    {
        static double Across(double x, double y) => (x / 30) + (y / 900);
        List<GridPoint> Points(Func<double, double, double> lines) => [.. from x in Enumerable.Range(0, 40) from y in Enumerable.Range(0, 28) select new GridPoint(x * 44, y * 44, lines(x * 44, y * 44), 5)];
        var growth = new GridGrowth(Points((x, y) => Across(x, y) + (0.02 * Math.Max(0, x - (1760 * (1 - runningAway)))) + (bent * x * x)), Points((x, y) => (y / 30) - (x / 900)));
        var sheet = growth.SheetOfMany();
        Assert.Equal(told, sheet is not null);
        if (sheet is not null)
            Assert.Equal(Across(1700, 900), sheet.At(1700, 900).Across, 0.2);
    }

    [Fact]
    public void Whole_lines_that_were_miscounted_on_a_flat_sheet_are_counted_again_and_the_bends_of_a_bent_one_stay()
    {
        // Cells of 30 pixels in a light perspective; noise of a fiftieth of a line.
        var random = new Random(2);
        static double Depth(double x, double y) => 1 + (0.00003 * x) - (0.00002 * y);
        List<GridPoint> Points(Func<double, double, double> lines) =>
            [.. from x in Enumerable.Range(0, 40) from y in Enumerable.Range(0, 28) select new GridPoint(x * 44, y * 44, lines(x * 44, y * 44) + (0.04 * (random.NextDouble() - 0.5)), 5)];
        static double Across(double x, double y) => ((x / 30) + (y / 900)) / Depth(x, y);
        static double Down(double x, double y) => ((y / 30) - (x / 900)) / Depth(x, y);
        // Lost above on the right, found twice farther on.
        var miscounted = new GridGrowth(
            Points((x, y) => Across(x, y) + (y < 600 && x > 700 ? x > 1300 ? 2 : 1 : 0)), Points((x, y) => Down(x, y) + (y > 900 ? -1 : 0)));

        var recounted = miscounted.Recounted();

        Assert.InRange(Spread(recounted.Across, Across), 0, 0.05);
        Assert.InRange(Spread(recounted.Down, Down), 0, 0.05);
        Assert.True(Spread(miscounted.Across, Across) > 1.9);
        var bent = new GridGrowth(Points((x, y) => Across(x, y) + (0.8 * Math.Sin(y / 250))), Points(Down));
        Assert.Same(bent, bent.Recounted());
        // A corner that curls up by a line and a half.
        var curled = new GridGrowth(Points((x, y) => Across(x, y) + (1.5 * Math.Max(0, (x + y - 2400) / 504.0))), Points(Down));
        Assert.Same(curled.Across, curled.Recounted().Across);

        static double Spread(IReadOnlyList<GridPoint> points, Func<double, double, double> lines)
        {
            var off = points.Select(p => p.Lines - lines(p.X, p.Y)).ToArray();
            return off.Max() - off.Min();
        }
    }

    [Fact]
    public void Straightens_curled_and_folded_paper_to_three_tenths_of_a_millimetre()
    {
        var drawn = GridPaper.Draw(6, 6);
        // Waves of 3 mm, and a fold that lifts 2 mm within 20.
        (double X, double Y) ToPage(double x, double y) =>
            (x - 60 + (18 * Math.Sin(y / 260)) + (9 * Math.Cos(x / 190)), y - 60 + (16 * Math.Sin((x + (0.4 * y)) / 240)) + (12 * Math.Tanh((x - 900) / 60)));

        Assert.InRange(LargestErrorMm(drawn, 1800, 1320, ToPage), 0, 0.3);
    }

    [Theory]
    [InlineData(PaperLook.Pink, 3.7)]
    [InlineData(PaperLook.Pink, 11)]
    [InlineData(PaperLook.FaintOrange, 6)]
    [InlineData(PaperLook.Blue, 5)]
    [InlineData(PaperLook.Gray, 6)]
    [InlineData(PaperLook.CellsOnly, 6)]
    [InlineData(PaperLook.Dotted, 8)]
    [InlineData(PaperLook.BlackAndWhite, 7)]
    public void Tells_the_millimetre_from_its_multiples_on_paper_of_every_look(PaperLook look, double pxPerMm)
    {
        var drawn = GridPaper.Draw(pxPerMm, pxPerMm, look);
        var straight = Sample.Upright(drawn);
        Assert.Equal("grid", straight.ScaleFrom);
        Assert.Equal(pxPerMm, straight.PxPerMmX, 0.002 * pxPerMm);
        Assert.Equal(pxPerMm, straight.PxPerMmY, 0.002 * pxPerMm);
        var turned = Sample.Upright(GridPaper.Turned(drawn, 3));
        Assert.Equal(3, turned.RotationDeg, 0.05);
        Assert.Equal("grid", turned.ScaleFrom);
        // The drawn page is 280 mm wide and its picture 296; its border is found to some millimetres, where it shows against the table.
        Assert.InRange(turned.Pixels.Width / turned.PxPerMmX, 265, 298);
        // Cells alone are not counted at an angle: the paper's own edges are found, which are as exact as the millimetre.
        if (look == PaperLook.CellsOnly)
            Assert.Equal(280, turned.Pixels.Width / turned.PxPerMmX, 1.4);
    }

    [Fact]
    public void A_photograph_of_photographed_paper_on_a_weave_finds_the_paper()
    {
        var drawn = GridPaper.Draw(5, 5);
        var turned = GridPaper.Photograph(drawn, 2000, 1500, (x, y) => (x - 300 + (0.05 * y), y - 250 - (0.05 * x)));
        for (var y = 0; y < turned.Height; y++)
            for (var x = 0; x < turned.Width; x++)
                if (turned.Pixels[((y * turned.Width) + x) * 3] == 70)
                    turned.Pixels.AsSpan(((y * turned.Width) + x) * 3, 3).Fill((byte)(40 + (x % 12 < 6 == y % 12 < 6 ? 12 : 0)));
        var page = Sample.Upright(turned);
        Assert.Equal("grid", page.ScaleFrom);
        Assert.Equal(2.86, page.RotationDeg, 0.3);
    }

    [Fact]
    public void A_page_without_a_grid_says_that_its_scale_is_assumed()
    {
        var page = Sample.Upright(PictureMaker.Blank(1200, 900));
        Assert.Equal("assumed", page.ScaleFrom);
        Assert.Contains(page.Notes, note => note.Code == "scale-assumed");
    }

    /// <summary>Largest distance, over the grid that was seen, between where a place lies on the page and where it was found, but for one shift.</summary>
    private static double LargestErrorMm(Raster drawn, int width, int height, Func<double, double, (double X, double Y)> toPage)
    {
        var grid = FlatGrid.Find(GridSignal.Of(GridPaper.Photograph(drawn, width, height, toPage)), TestContext.Current.CancellationToken);
        Assert.NotNull(grid);
        var errors = grid.Covered.Select(block =>
        {
            var (pageX, pageY) = toPage((block.X + 0.5) / grid.Signal.FactorX, (block.Y + 0.5) / grid.Signal.FactorY);
            var (foundX, foundY) = grid.ToMm(block.X, block.Y);
            return (X: foundX - (pageX / 6), Y: foundY - (pageY / 6));
        }).ToArray();
        Assert.InRange(errors.Length, 2000, 12000);
        double x = errors.Average(e => e.X), y = errors.Average(e => e.Y);
        return errors.Max(e => Math.Sqrt(Math.Pow(e.X - x, 2) + Math.Pow(e.Y - y, 2)));
    }

    // Each of these was 7 to 10 % off or not found while counting could slip from one harmonic of the cells to the next.
    [Theory]
    [InlineData(PageLook.Photo, 104)]
    [InlineData(PageLook.Photo, 71375)]
    [InlineData(PageLook.Photo, 134727)]
    [InlineData(PageLook.Scan, 47616)]
    public void Measures_cells_of_five_millimetres_in_perspective_to_a_hundredth(PageLook look, int seed) =>
        Assert.Equal(GridKind.Coarse, MeasuredToAHundredth(look, false, seed).Design.Grid.Kind);

    [Fact]
    public void Measures_lines_that_a_screen_s_moire_outshines() => Assert.InRange(MeasuredToAHundredth(PageLook.Photo, true, 79215).Wear.Moire, 0.05, 0.1);

    // The lines down stand 8.3 times above their surroundings.
    [Fact]
    public void Tells_the_distance_of_lines_that_hardly_stand_out_only_where_they_were_counted()
    {
        var random = new Random(7);
        double[] Lines(double amplitude, int count) =>
            [.. Enumerable.Range(0, count).Select(i => (amplitude * Math.Cos(2 * Math.PI * i / 30)) + random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2)];
        double[] down = Lines(0.27, 800), across = Lines(1, 1600);
        Assert.Null(GridScale.OfProfiles(across, down, 7, TestContext.Current.CancellationToken));
        var scale = GridScale.OfProfiles(across, down, 7, TestContext.Current.CancellationToken, isGrid: true);
        Assert.NotNull(scale);
        Assert.Equal(6, scale.PxPerMmX, 0.06);
        Assert.Equal(6, scale.PxPerMmY, 0.06);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Shading_from_one_cell_to_the_next_does_not_make_two_of_them_one(int seed)
    {
        // Every other cell a little darker: twice the period shows, its third multiple does not.
        var random = new Random(seed);
        double[] lines = [.. Enumerable.Range(0, 1500).Select(i => (i % 17 < 2 ? 10.0 : 0) + (1.2 * Math.Cos(Math.PI * i / 17)) + random.NextDouble())];
        var scale = GridScale.OfProfiles([.. lines.Select(value => value - lines.Average())], [.. lines[..1100].Select(value => value - lines.Average())], 7, TestContext.Current.CancellationToken, isGrid: true);
        Assert.NotNull(scale);
        Assert.Equal(3.4, scale.PxPerMmX, 0.01);
        Assert.Equal(3.4, scale.PxPerMmY, 0.01);
    }

    // As wide as a printed page at 200 dpi: a part in ten thousand is a fifth of a pixel at its end.
    [Theory]
    [InlineData(7.7522, 2000)]
    [InlineData(7.874, 2213)]
    [InlineData(11.811, 3300)]
    public void Tells_the_distance_of_lines_in_a_frame_to_a_part_in_fifty_thousand(double period, int length)
    {
        double[] Lines(double mm, int count)
        {
            var profile = new double[count];
            for (var line = 0; line * mm < count - 2; line++)
                for (var part = 0; part < 100; part++)
                    profile[(int)((line * mm) + (part * (line % 5 == 0 ? 0.02 : 0.01)))] += line % 5 == 0 ? 0.02 : 0.01;
            // The picture's frame.
            (profile[0], profile[^1]) = (5, 5);
            return [.. profile.Select(value => value - profile.Average())];
        }

        var scale = GridScale.OfProfiles(Lines(period, length), Lines(period * 0.96, length / 2), 20, TestContext.Current.CancellationToken);
        Assert.NotNull(scale);
        Assert.Equal(1, scale.PxPerMmX / period, 2e-5);
        Assert.Equal(1, scale.PxPerMmY / period / 0.96, 8e-5);
    }

    // Cells of 5 mm are the strongest line, and there are few of them: their distance is told by the millimetres.
    [Fact]
    public void The_distance_of_cells_is_told_by_the_lines_between_them()
    {
        double Error(int seed)
        {
            var random = new Random(seed);
            double[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => (3 * Math.Cos(2 * Math.PI * i / 20.3)) + (2 * Math.Cos(2 * Math.PI * i / 4.06)) + (6 * random.NextDouble()) - 3)];
            var scale = GridScale.OfProfiles(Lines(1200), Lines(1000), 7, TestContext.Current.CancellationToken);
            Assert.NotNull(scale);
            return (scale.PxPerMmX / 4.06) - 1;
        }

        Assert.InRange(Math.Sqrt(Enumerable.Range(1, 20).Average(seed => Math.Pow(Error(seed), 2))), 0, 1.5e-4);
    }

    // Small pages have fewer than a hundred millimetres each way: that one direction shows every fifth line only tells which lines are millimetres.
    // Of dotted lines one direction may show twice as many as there are.
    [Theory]
    [InlineData(19.34, 3.868, 1077, 361, 3.868, 3.868)]
    [InlineData(3.868, 19.34, 361, 1077, 3.868, 3.868)]
    [InlineData(19.34, 4.023, 1077, 361, 3.868, 4.023)]
    [InlineData(34.12, 17.06, 2027, 1414, 6.824, 6.824)]
    [InlineData(34.12, 17.75, 2027, 1414, null, null)]
    public void A_direction_that_shows_a_multiple_of_the_other_s_lines_tells_their_distance(double periodX, double periodY, int width, int height, double? pxPerMmX, double? pxPerMmY)
    {
        double[] Lines(double period, int count) => [.. Enumerable.Range(0, count).Select(i => Math.Cos(2 * Math.PI * i / period))];
        var scale = GridScale.OfProfiles(Lines(periodX, width), Lines(periodY, height), 20, TestContext.Current.CancellationToken);
        Assert.Equal(pxPerMmX is null, scale is null);
        Assert.Equal(pxPerMmX ?? 0, scale?.PxPerMmX ?? 0, 0.02);
        Assert.Equal(pxPerMmY ?? 0, scale?.PxPerMmY ?? 0, 0.02);
    }

    // Dashed lines of cells that are not square; a page without a grid whose rows end a pixel before the pulses; one whose names stand before the traces and touch some of them.
    [Theory]
    [InlineData(PageLook.Clean, 505, "grid", 0.002)]
    [InlineData(PageLook.Clean, 87715, "pulse", 0.004)]
    [InlineData(PageLook.Scan, 47546, "assumed", 0.004)]
    public void Measures_the_scale_of_a_page_to_some_thousandths(PageLook look, int seed, string from, double within)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random);
        var drawn = PageGenerator.Generate(FormatTests.Beats(1), design, PageWears.Draw(random, look, false, design), seed, TestContext.Current.CancellationToken);
        var page = Sample.Upright(drawn.Picture);
        Assert.Equal(from, page.ScaleFrom);
        Assert.Equal(design.PxPerMmX, page.PxPerMmX, within * design.PxPerMmX);
        Assert.Equal(design.PxPerMmY, page.PxPerMmY, within * design.PxPerMmY);
    }

    private static GeneratedPage MeasuredToAHundredth(PageLook look, bool isHard, int seed)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random);
        var page = PageGenerator.Generate(FormatTests.Beats(1), design, PageWears.Draw(random, look, isHard, design), seed, TestContext.Current.CancellationToken);
        var grid = FlatGrid.Find(GridSignal.Of(page.Picture), TestContext.Current.CancellationToken);
        Assert.NotNull(grid);
        double Measured(double fromX, double fromY, double toX, double toY)
        {
            var (from, to) = (Mm(fromX, fromY), Mm(toX, toY));
            return Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2));
        }

        (double X, double Y) Mm(double x, double y) =>
            page.Map.ToPicture(new PagePoint(x * design.WidthMm, y * design.HeightMm)) is var at ? grid.ToMm((at.X * grid.Signal.FactorX) - 0.5, (at.Y * grid.Signal.FactorY) - 0.5) : default;
        Assert.Equal(0.8 * design.WidthMm, Measured(0.1, 0.5, 0.9, 0.5), 0.008 * design.WidthMm);
        Assert.Equal(0.6 * design.HeightMm, Measured(0.5, 0.2, 0.5, 0.8), 0.006 * design.HeightMm);
        return page;
    }

    [Fact]
    public void Even_paper_beside_noise_has_a_signal()
    {
        var random = new Random(1);
        const int Side = 400;
        byte[] levels = [.. Enumerable.Range(0, Side * Side).Select(i => i % Side < Side / 2 ? (byte)random.Next(1, 255) : (byte)255)];
        Assert.All(GridSignal.Of(new Raster(Side, Side, 1, levels)).Values, value => Assert.True(float.IsFinite(value)));
    }
}
