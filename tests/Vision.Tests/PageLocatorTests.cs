using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace Vision.Tests;

/// <summary>Pages whose geometry only what is drawn and printed on them can tell.</summary>
public class PageLocatorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void A_page_without_a_grid_is_measured_by_its_calibration_pulses(double degrees)
    {
        var page = FormatTests.Drawn(WithoutGrid(PulsePlace.Left));
        var (found, layout) = Located(degrees == 0 ? page.Picture : Turned(page.Picture, degrees));
        Assert.Equal("pulse", found.ScaleFrom);
        // A pulse of 70 pixels is measured to one, rows of 1750 to a few.
        Assert.Equal(7, found.PxPerMmX, 0.035);
        Assert.Equal(7, found.PxPerMmY, 0.21);
        Assert.Equal(degrees, found.RotationDeg, 0.1);
        Assert.Equal([.. page.Design.Format.Leads, "II"], layout.Leads.Select(lead => lead.Name));
        Assert.Equal("pulse", layout.GainFrom);
        // The turned page is larger.
        if (degrees == 0)
            Assert.Equal(page.Design.LeftMm * 7, layout.TimeZeroX, 3.5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Columns_meet_where_all_rows_pause_together_and_not_where_a_pen_breaks_by_itself(bool together)
    {
        var scale = new CanvasScale(4, 4);
        using var drawn = new Mat(420, 900, MatType.CV_8UC1, Scalar.All(255));
        for (var row = 0; row < 6; row++)
        {
            // In every row but one the pen breaks near the middle, too, each time at another column.
            int at = 50 + (60 * row), first = 20;
            foreach (var end in together ? [446, 880] : row == 5 ? [880] : new[] { 205, 455 - (5 * row), 700, 880 })
            {
                Cv2.Line(drawn, new Point(first, at), new Point(end, at + (row % 2)), Scalar.All(0), 2);
                first = end + (together ? 12 : 34);
            }
        }

        var mask = InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);
        var rows = new TraceRows([.. Enumerable.Range(0, 6).Select(row => 50.0 + (60 * row))], 20, 882);
        var columns = ColumnGaps.Of(mask, InkBlobs.Of(mask), rows, scale).Columns(0, 6, 2);
        Assert.Equal(together, columns is not null);
        if (columns is var (left, pitch, _))
        {
            Assert.Equal(20, left, 6.0);
            Assert.Equal(438, pitch, 6.0);
        }
    }

    [Fact]
    public void Text_above_the_rows_and_handwriting_below_them_make_no_row_longer()
    {
        using var drawn = new Mat(640, 1100, MatType.CV_8UC1, Scalar.All(255));
        foreach (var at in (int[])[200, 320, 440])
            Cv2.Polylines(drawn, [Enumerable.Range(0, 91).Select(i => new Point(100 + (10 * i), at - (i % 3))).ToArray()], false, Scalar.All(0), 2);
        foreach (var (y, length) in (ReadOnlySpan<(int, int)>)[(70, 50), (90, 44), (550, 80)])
            Cv2.Line(drawn, new Point(30, y), new Point(30 + length, y + 3), Scalar.All(0), 2);
        var mask = InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);
        var rows = TraceRows.Of(mask, InkBlobs.Of(mask), new CanvasScale(4, 4));
        Assert.Equal(3, rows.Baselines.Count);
        Assert.Equal(100, rows.Left, 2.0);
        Assert.Equal(1000, rows.Right, 3.0);
    }

    /// <summary>Muscle noise: half of the columns are strokes across the zero line, taller than anything flat.</summary>
    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 0)]
    public void Noisy_traces_are_rows_and_interrupted_lines_are_none(bool noisy, int count)
    {
        using var drawn = new Mat(480, 1000, MatType.CV_8UC1, Scalar.All(255));
        foreach (var at in (int[])[120, 240, 360])
            for (var x = 60; x < 940; x += 24)
            {
                Cv2.Line(drawn, new Point(x, at), new Point(x + 10, at + (x / 24 % 3)), Scalar.All(0), 2);
                for (var stroke = x + 10; noisy && stroke < x + 24; stroke += 2)
                    Cv2.Line(drawn, new Point(stroke, at - 8), new Point(stroke, at + 8), Scalar.All(0), 2);
            }

        var mask = InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);
        Assert.Equal(count, TraceRows.Of(mask, InkBlobs.Of(mask), new CanvasScale(4, 4)).Baselines.Count);
    }

    [Theory]
    [InlineData(80, false, 80.7)]
    [InlineData(80, true, 819.3)]
    [InlineData(49, false, null)]
    public void Traces_begin_behind_the_blank_paper_beside_their_pulses(int begin, bool mirrored, double? edge)
    {
        const int Width = 900;
        int[] baselines = [80, 160, 240];
        using var drawn = new Mat(300, Width, MatType.CV_8UC1, Scalar.All(255));
        foreach (var y in baselines)
        {
            Point[] pulse = [new(20, y), new(25, y), new(25, y - 40), new(45, y - 40), new(45, y), new(50, y)];
            Point[] trace = [.. Enumerable.Range(0, (860 - begin) / 10).Select(i => new Point(begin + (10 * i), y - (i % 3)))];
            foreach (var line in new[] { pulse, trace })
                Cv2.Polylines(drawn, [line.Select(point => mirrored ? new Point(Width - 1 - point.X, point.Y) : point).ToArray()], false, Scalar.All(0), 2);
        }

        var scale = new CanvasScale(4, 4);
        var mask = InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);
        var pulses = PulseFinder.Between(mask, mirrored ? 840 : 10, mirrored ? 890 : 60, scale);
        Assert.Equal(3, pulses.Count);
        var found = PulseGap.Edge(mask, InkBlobs.Of(mask), new TraceRows([.. baselines.Select(y => (double)y)], 20, 880), pulses, mirrored, scale);
        Assert.Equal(edge is null, found is null);
        if (edge is { } expected)
            Assert.Equal(expected, found!.Value, 1.5);
    }

    [Theory]
    [InlineData(5, true), InlineData(10, true), InlineData(7, false)]
    public void Rows_laid_over_one_another_show_pulses_of_which_each_row_has_a_part(int heightMm, bool found)
    {
        const int Rows = 10, Apart = 60;
        using var drawn = new Mat(Rows * Apart + 80, 400, MatType.CV_8UC1, Scalar.All(255));
        var baselines = Enumerable.Range(0, Rows).Select(row => 120.0 + (row * Apart)).ToArray();
        foreach (var (foot, row) in baselines.Select((y, row) => ((int)y, row)))
        {
            var top = foot - (4 * heightMm);
            Point[] pulse = [new(15, foot), new(20, foot), new(20, top), new(40, top), new(40, foot), new(45, foot)];
            // Every row lacks two of three of its lines, and has a name of its own.
            foreach (var line in new[] { 1, 2, 3 }.Where(line => line % 3 == row % 3).Append(0))
                Cv2.Line(drawn, pulse[line], pulse[line + 1], Scalar.All(0), 2);
            Cv2.Line(drawn, new Point(55 + (3 * row), foot - 30), new Point(55 + (3 * row), foot - 12), Scalar.All(0), 2);
            Cv2.Line(drawn, new Point(60, foot), new Point(390, foot), Scalar.All(0), 2);
        }

        var (mask, scale) = (InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5), new CanvasScale(4, 4));
        Assert.Empty(PulseFinder.Between(mask, 5, 100, scale));
        var pulses = PulseFinder.Overlaid(mask, baselines, 5, 100, scale);
        Assert.Equal(found ? Rows : 0, pulses.Count);
        Assert.All(pulses, pulse => Assert.Equal((20.0, 40.0, heightMm * 4.0), (pulse.First, pulse.Last, pulse.Height), (a, b) => Math.Abs(a.Item1 - b.Item1) <= 1.5 && Math.Abs(a.Item2 - b.Item2) <= 1.5 && Math.Abs(a.Item3 - b.Item3) <= 2));
        Assert.Empty(PulseFinder.Overlaid(mask, baselines[..2], 5, 100, scale));
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(5, 0)]
    public void Faint_pulses_may_be_interrupted_and_cells_of_a_faint_grid_are_none(int heightMm, int count)
    {
        using var drawn = new Mat(300, 200, MatType.CV_8UC1, Scalar.All(255));
        foreach (var foot in (int[])[80, 170, 260])
        {
            var top = foot - (4 * heightMm);
            Cv2.Line(drawn, new Point(25, top), new Point(45, top), Scalar.All(0), 2);
            // Of each stroke 1.5 mm are missing, each time at another height.
            foreach (var (x, gap) in (ReadOnlySpan<(int, int)>)[(25, 6 + (foot % 7)), (45, 8 + (foot % 5))])
            {
                Cv2.Line(drawn, new Point(x, top), new Point(x, top + gap), Scalar.All(0), 2);
                Cv2.Line(drawn, new Point(x, top + gap + 8), new Point(x, foot), Scalar.All(0), 2);
            }
        }

        var scale = new CanvasScale(4, 4);
        var mask = InkMask.Of(new TraceCanvas(drawn.ToRaster(), 1, 1, 0, 0), null, 0.5);
        Assert.Empty(PulseFinder.Between(mask, 10, 60, scale));
        var found = PulseFinder.Between(mask, 10, 60, scale, gapMm: PulseFinder.BreakMm);
        Assert.Equal(count, found.Count);
        Assert.All(found, pulse => Assert.Equal(4 * heightMm, pulse.Height, 2.0));
    }

    [Theory]
    [InlineData(7.2)]
    [InlineData(5.2)]
    public void A_millimetre_that_was_assumed_is_corrected_by_the_rows_once_they_are_found(double pxPerMm)
    {
        var page = FormatTests.Drawn(WithoutGrid(PulsePlace.None));
        var image = new PageImage(page.Picture, "png", 1, 1, []);
        var taken = PageUprighter.Upright(image, Ct);
        Assert.Equal("assumed", taken.ScaleFrom);
        var (found, _) = PageLocator.Locate(image, taken with { PxPerMmX = pxPerMm, PxPerMmY = pxPerMm }, Ct);
        Assert.Equal(7, found.PxPerMmX, 0.035);
        Assert.Equal(7, found.PxPerMmY, 0.035);
    }

    [Fact]
    public void A_pulse_of_another_amplitude_does_not_change_the_millimetre()
    {
        var (found, layout) = Located(FormatTests.Drawn(WithoutGrid(PulsePlace.Left) with { MmPerMv = 5 }, 2).Picture);
        Assert.Equal(("pulse", 5), (found.ScaleFrom, layout.MmPerMv));
        Assert.Equal(7, found.PxPerMmY, 0.21);
    }

    [Fact]
    public void Narrow_pulses_are_found_while_the_scale_is_a_guess_that_takes_them_for_traces()
    {
        var (found, _) = Located(FormatTests.Drawn(WithoutGrid(PulsePlace.Left) with { PxPerMmX = 4, PxPerMmY = 4, PulseMm = 2.2 }).Picture);
        Assert.Equal("pulse", found.ScaleFrom);
        Assert.Equal(4, found.PxPerMmX, 0.04);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_page_without_a_grid_is_turned_until_it_stands(int degrees)
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.Left)).Picture;
        var (upright, expected) = Located(picture);
        var (found, layout) = Located(new QuarterTurn(degrees).Apply(picture));
        Assert.Equal((360 - degrees) % 360, ((int)found.RotationDeg + 360) % 360);
        Assert.Equal(upright.Pixels.Pixels, found.Pixels.Pixels);
        Assert.Equal(expected.Leads.Select(lead => (lead.Key, lead.Box)), layout.Leads.Select(lead => (lead.Key, lead.Box)));
    }

    [Theory]
    [InlineData(0.05), InlineData(-0.05), InlineData(0)]
    public void A_page_without_a_grid_whose_rows_begin_along_a_line_that_leans_is_made_flat(double lean)
    {
        var page = FormatTests.Drawn(WithoutGrid(PulsePlace.None));
        using var flat = page.Picture.ToMat();
        using var leaning = new Mat();
        using var shear = new Mat(2, 3, MatType.CV_64FC1);
        foreach (var (i, value) in new[] { 1, lean, 0, 0, 1, 0 }.Index())
            shear.Set(i / 3, i % 3, value);
        Cv2.WarpAffine(flat, leaning, shear, new Size(flat.Cols, flat.Rows), InterpolationFlags.Cubic, BorderTypes.Constant, Scalar.All(255));
        var (upright, layout) = Located(leaning.ToRaster());
        Assert.Equal("3x4+1", layout.Name);
        Assert.Equal(lean != 0, upright.Notes.Any(note => note.Code == "page-flattened"));
        Assert.Equal(lean, (upright.Corners[3].X - upright.Corners[0].X) / flat.Rows, 0.003);
        Assert.Equal(page.Design.PxPerMmX, upright.PxPerMmX, 0.05);
    }

    [Fact]
    public void Rows_that_do_not_end_along_a_line_tell_no_perspective()
    {
        (double First, double End, double Y)[] rows = [.. Enumerable.Range(0, 6).Select(i => (100 + (4.0 * i), 1100 + (2.0 * i), 100 + (90.0 * i)))];
        var leaning = Assert.IsType<LeaningRows>(LeaningRows.Of(rows));
        Assert.Equal(100, leaning.ToPicture(110, 100).X, 1e-3);
        Assert.Equal(1110, leaning.ToPicture(1105, 550).X, 1e-3);
        // One row is interrupted; upright ones; three.
        Assert.Null(LeaningRows.Of([.. rows.Select((row, i) => i == 2 ? row with { End = 1000 } : row)]));
        Assert.Null(LeaningRows.Of([.. rows.Select(row => (100.0, 1100.0, row.Y))]));
        Assert.Null(LeaningRows.Of(rows[..3]));
    }

    [Fact]
    public void Rows_are_found_on_a_page_so_blurred_that_traces_are_an_eighth_of_it()
    {
        var design = FormatTests.Design(PageFormat.Named("12x1"));
        design = design with { Grid = design.Grid with { Kind = GridKind.None }, Pulse = PulsePlace.Left, PenMm = 0.9 };
        var page = PageGenerator.Generate(FormatTests.Beats(1), design, new PageWear { BlurPx = 5, Noise = 4 }, 1, Ct);
        var scale = Assert.IsType<InkScale>(InkScale.Find(new PageImage(page.Picture, "png", 1, 1, []), Ct));
        Assert.Equal("pulse", scale.From);
        Assert.Equal(design.PxPerMmX, scale.PxPerMmX, design.PxPerMmX * 0.03);
    }

    [Fact]
    public void Blank_paper_between_columns_is_no_length_of_rows_where_long_strips_have_none()
    {
        var design = WithoutGrid(PulsePlace.Right) with { Format = PageFormat.Named("3x4+3"), RhythmLeads = ["V1", "II", "V5"], RowMm = 22, TopMm = 40, ColumnGapMm = 2.5 };
        var scale = Assert.IsType<InkScale>(InkScale.Find(new PageImage(FormatTests.Drawn(design).Picture, "png", 1, 1, []), Ct));
        Assert.Equal(design.PxPerMmX, scale.PxPerMmX, design.PxPerMmX * 0.012);
    }

    [Fact]
    public void A_foot_between_the_traces_and_their_pulses_is_no_length_of_rows()
    {
        var design = WithoutGrid(PulsePlace.Right) with { Format = PageFormat.Named("12x1"), RhythmLeads = [], RowMm = 14, TopMm = 30 };
        var scale = Assert.IsType<InkScale>(InkScale.Find(new PageImage(FormatTests.Drawn(design).Picture, "png", 1, 1, []), Ct));
        // The foot is 1.25 mm of 250.
        Assert.Equal(design.PxPerMmX, scale.PxPerMmX, design.PxPerMmX * 0.003);
    }

    [Fact]
    public void Pale_traces_beside_black_print_are_found()
    {
        var design = WithoutGrid(PulsePlace.None) with { Pen = Colour.Of(0xB4B4C0), Texts = [.. Enumerable.Range(0, 12).Select(i => new PageText(20 + (70 * (i % 3)), 12 + (6 * (i / 3)), 4, "PR 199 ms"))] };
        var page = PageGenerator.Generate(FormatTests.Beats(1), design, new PageWear { Noise = 2 }, 1, Ct);
        Assert.Equal("3x4+1", Located(page.Picture).Layout.Name);
    }

    [Fact]
    public void Traces_that_a_photocopy_broke_into_pieces_are_as_long_as_they_were()
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.None)).Picture;
        Raster broken = picture with { Pixels = [.. picture.Pixels] };
        for (var y = 0; y < broken.Height; y++)
            for (var x = 0; x < broken.Width; x++)
                if (x % 12 == 0)
                    broken.Pixels.AsSpan(((y * broken.Width) + x) * broken.Channels, broken.Channels).Fill(255);
        var scale = Assert.IsType<InkScale>(InkScale.Find(new PageImage(broken, "png", 1, 1, []), Ct));
        Assert.Equal(7, scale.PxPerMmX, 0.14);
        Assert.Equal("3x4+1", Located(broken).Layout.Name);
    }

    [Fact]
    public void Pixels_of_a_sheet_that_was_made_flat_may_be_far_from_square()
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.Left) with { MmPerMv = 5, PxPerMmX = 7, PxPerMmY = 6.3 }).Picture;
        var scale = Assert.IsType<InkScale>(InkScale.Find(new PageImage(picture, "png", 1, 1, [new Note("page-flattened", "")]), Ct));
        Assert.Equal(7, scale.PxPerMmX, 0.14);
        Assert.Equal(6.3, scale.PxPerMmY, 0.14);
    }

    [Fact]
    public void Rows_of_a_sheet_that_was_made_flat_tell_its_scale_where_pulses_differ_by_little()
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.Left) with { PxPerMmX = 7, PxPerMmY = 7.17 }).Picture;
        double Across(params Note[] notes) => Assert.IsType<InkScale>(InkScale.Find(new PageImage(picture, "png", 1, 1, notes), Ct)).PxPerMmX;
        Assert.Equal(7, Across(new Note("page-flattened", "")), 0.05);
        // Pixels of a scan are square.
        Assert.Equal(7.17, Across(), 0.05);
    }

    [Fact]
    public void A_page_that_leans_is_not_turned_out_of_its_rows()
    {
        var upright = FormatTests.Drawn(WithoutGrid(PulsePlace.Left) with { Format = PageFormat.Named("12x1"), RhythmLeads = [], RowMm = 14, TopMm = 40 }).Picture;
        var leaning = PictureMaker.Changed(upright, (from, to) =>
        {
            using var shear = new Mat(2, 3, MatType.CV_64FC1, new Scalar(0));
            foreach (var (row, column, value) in (ReadOnlySpan<(int, int, double)>)[(0, 0, 1), (0, 1, -0.06), (0, 2, 0.06 * upright.Height), (1, 1, 1)])
                shear.Set(row, column, value);
            Cv2.WarpAffine(from, to, shear, new Size(from.Cols + (int)(0.06 * from.Rows), from.Rows), InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(255));
        });
        Assert.Equal(0, Assert.IsType<InkScale>(InkScale.Find(new PageImage(leaning, "png", 1, 1, []), Ct)).TurnDeg);
    }

    [Fact]
    public void Without_grid_and_pulse_the_resolution_of_the_file_counts()
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.None)).Picture;
        var (found, _) = Located(picture, 7);
        Assert.Equal(("text", 7.0, 7.0), (found.ScaleFrom, found.PxPerMmX, found.PxPerMmY));
        var (assumed, _) = Located(picture);
        Assert.Equal("assumed", assumed.ScaleFrom);
        Assert.Contains(assumed.Notes, note => note.Code == "scale-assumed");
        Assert.Equal(7, assumed.PxPerMmX, 0.14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5.5)]
    public void Three_columns_without_grid_and_pulse_are_seven_and_a_half_seconds_long(double gapMm)
    {
        var picture = FormatTests.Drawn(WithoutGrid(PulsePlace.None) with { Format = PageFormat.Named("4x3"), RhythmLeads = [], Seconds = 7.5, ColumnGapMm = gapMm }).Picture;
        var (assumed, layout) = Located(picture);
        Assert.Equal(("assumed", "4x3"), (assumed.ScaleFrom, layout.Name));
        Assert.Equal(7, assumed.PxPerMmX, 0.14);
    }

    [Fact]
    public void Reads_the_speed_at_the_very_edge_of_a_page_on_a_dark_table()
    {
        var design = FormatTests.Design(PageFormat.Named("6x2")) with { MmPerS = 50, MmPerMv = 5, Seconds = 5, Pulse = PulsePlace.None };
        design = design with { Texts = [new PageText(30, design.HeightMm - 1.5, 2.4, "50mm/s  5mm/mV")] };
        var page = PageGenerator.Generate(FormatTests.Beats(2), design, new PageWear { RotationDeg = 2, Margin = 0.08 }, 1, Ct);
        var (_, layout) = Located(page.Picture);
        Assert.Equal(("6x2", 50, "text", 5, "text"), (layout.Name, layout.MmPerS, layout.SpeedFrom, layout.MmPerMv, layout.GainFrom));
    }

    [Fact]
    public void Reads_the_resolution_that_a_scanner_wrote_and_no_program_s_default()
    {
        var picture = PictureMaker.Blank(64, 48);
        double? Told(ushort dpi)
        {
            var jpeg = EcgImageWeb.Vision.Rendering.RasterEncoder.Png(picture);
            using var mat = Cv2.ImDecode(jpeg, ImreadModes.Color);
            Cv2.ImEncode(".jpg", mat, out var bytes);
            // JFIF: unit 1 is dots an inch, then the densities (ISO/IEC 10918-5, 10.1).
            (bytes[13], bytes[14], bytes[15], bytes[16], bytes[17]) = (1, (byte)(dpi >> 8), (byte)dpi, (byte)(dpi >> 8), (byte)dpi);
            return PageDecoder.Decode(bytes, DecodeLimits.Default, Ct).PxPerMm;
        }

        Assert.Equal(300 / 25.4, Told(300)!.Value, 6);
        Assert.Null(Told(72));
        Assert.Null(Told(96));
    }

    [Fact]
    public void A_page_on_its_head_that_shows_no_pulse_is_turned_by_its_names()
    {
        var design = FormatTests.Design(PageFormat.Named("3x4+1")) with { Pulse = PulsePlace.None };
        var (found, layout) = Located(PictureMaker.Changed(FormatTests.Drawn(design).Picture, (from, to) => Cv2.Rotate(from, to, RotateFlags.Rotate180)));
        Assert.Equal(180, Math.Abs(found.RotationDeg), 0.01);
        Assert.Equal("3x4+1", layout.Name);
        Assert.Equal([.. design.Format.Leads, "II"], layout.Leads.Select(lead => lead.Name));
    }

    [Fact]
    public void Names_that_were_blacked_out_and_a_dark_table_do_not_hide_faint_traces()
    {
        var design = FormatTests.Design(PageFormat.Named("3x4+1")) with { Pen = Colour.Of(0x707070), Print = Colour.Of(0x505050) };
        var picture = FormatTests.Drawn(design).Picture;
        for (var y = 10; y < 120; y++)
            picture.Pixels.AsSpan(((y * picture.Width) + 100) * 3, 500 * 3).Clear();
        for (var y = 0; y < picture.Height; y++)
            picture.Pixels.AsSpan(((y * picture.Width) + picture.Width - 20) * 3, 20 * 3).Clear();
        Assert.Equal([.. design.Format.Leads, "II"], Located(picture).Layout.Leads.Select(lead => lead.Name));
    }

    [Fact]
    public void Two_sheets_of_one_recording_are_read_as_one_page()
    {
        var (limb, limbLayout) = Located(FormatTests.Drawn(FormatTests.Design(PageFormat.Named("6x1-limb"))).Picture);
        var (chest, chestLayout) = Located(FormatTests.Drawn(FormatTests.Design(PageFormat.Named("6x1-chest")) with { LeftMm = 33 }).Picture);
        Assert.True(SheetJoiner.IsPart(limbLayout));
        var (page, layout) = SheetJoiner.Join(limb, limbLayout, chest, chestLayout)!.Value;
        Assert.Equal(PageFormat.Named("12x1").Leads, layout.Leads.Select(lead => lead.Name));
        Assert.False(SheetJoiner.IsPart(layout));
        Assert.Equal(limb.Pixels.Height + chest.Pixels.Height, page.Pixels.Height);
        // Second 0 is one column of both sheets.
        Assert.All(layout.Leads, lead => Assert.Equal(layout.TimeZeroX, lead.Box.X, 2.0));
        Assert.Contains(page.Notes, note => note.Code == "sheets-joined");
        foreach (var (joined, own) in layout.Leads.Skip(6).Zip(chestLayout.Leads))
            Assert.Equal(Cut(chest.Pixels, own.Box), Cut(page.Pixels, joined.Box));
        Assert.Null(SheetJoiner.Join(limb, limbLayout, limb, limbLayout));
    }

    [Fact]
    public void What_is_no_ecg_is_refused_however_it_is_turned()
    {
        var page = PictureMaker.Blank(1600, 1100, 250);
        for (var line = 0; line < 20; line++)
            page = PictureMaker.Changed(page, (from, to) =>
            {
                Cv2.Resize(from, to, new Size(from.Cols, from.Rows));
                Cv2.PutText(to, "Dear doctor, thank you for sending this patient to us", new Point(60, 80 + (line * 45)), HersheyFonts.HersheySimplex, 1, new Scalar(20, 20, 20), 2);
            });
        var refusal = Assert.Throws<RefusalException>(() => Located(page));
        Assert.Equal(RefusalCode.NotAnEcg, refusal.Code);
    }

    private static PageDesign WithoutGrid(PulsePlace pulse) => FormatTests.Design(PageFormat.Named("3x4+1")) with
    {
        Pulse = pulse,
        Grid = new GridDesign(GridKind.None, Colour.Of(0xFFFFFF), Colour.Of(0xFFFFFF), Colour.Of(0xFFFFFF), 0.12, 0.25, true),
    };

    private static (UprightPage Page, PageLayout Layout) Located(Raster picture, double? pxPerMm = null)
    {
        var image = new PageImage(picture, "png", 1, 1, []) { PxPerMm = pxPerMm };
        return PageLocator.Locate(image, PageUprighter.Upright(image, Ct), Ct);
    }

    private static Raster Turned(Raster picture, double degrees) => InkScale.Turned(picture, -degrees, new Scalar(255, 255, 255));

    private static byte[] Cut(Raster picture, PixelBox box) =>
        [.. Enumerable.Range(box.Y, box.Height).SelectMany(y => picture.Pixels.AsSpan(((y * picture.Width) + box.X) * 3, box.Width * 3).ToArray())];
}
