using EcgImageWeb.Signal;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;
using OpenCvSharp;

namespace Vision.Tests;

/// <summary>Pages of every format, drawn with known truth.</summary>
public class FormatTests
{
    public static TheoryData<string> Formats => [.. PageFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Reads_the_format_the_names_and_the_long_strips_of_a_drawn_page(string name)
    {
        var design = Design(PageFormat.Named(name));
        var layout = Found(design);
        Assert.Equal(name, layout.Name);
        Assert.Equal([.. design.Format.Leads, .. design.RhythmLeads], layout.Leads.Select(lead => lead.Name));
        Assert.True(layout.Leads.Count(lead => lead.NameFrom == "text") >= layout.Leads.Count / 2, string.Join(' ', layout.Leads.Select(lead => lead.NameFrom)));
        Assert.Equal(layout.Leads.Count, layout.Leads.Select(lead => lead.Key).Distinct().Count());
        Assert.InRange(layout.Confidence, 0.7, 1);
    }

    [Theory]
    [InlineData("3x4+1")]
    [InlineData("4x3")]
    [InlineData("6x2")]
    public void Columns_of_one_page_have_equally_many_samples(string name)
    {
        var layout = Found(Design(PageFormat.Named(name)));
        var samples = layout.Leads.Where(lead => !lead.IsRhythm).Select(lead => (int)Math.Round((lead.EndS - lead.StartS) * 500)).Distinct();
        Assert.Single(samples);
    }

    [Theory]
    [InlineData("6x2-cabrera")]
    [InlineData("3x4+1")]
    public void Reads_names_and_rows_on_a_grid_as_dark_as_the_traces(string name)
    {
        var design = Design(PageFormat.Named(name)) with
        {
            Grid = new GridDesign(GridKind.Coarse, Colour.Of(0xFFFFFF), Colour.Of(0xA0A0A0), Colour.Of(0x404040), 0.12, 0.25, false) { Origin = new PagePoint(2.3, 1.7) },
            Pen = Colour.Of(0x505050),
            Labels = LabelPlace.Below,
        };
        var layout = Found(design);
        Assert.Equal(name, layout.Name);
        Assert.Equal([.. design.Format.Leads, .. design.RhythmLeads], layout.Leads.Select(lead => lead.Name));
    }

    [Fact]
    public void Boxes_begin_where_the_leads_begin_and_hold_their_traces()
    {
        var design = Design(PageFormat.Named("3x4+1"));
        var page = Drawn(design);
        foreach (var (drawn, found) in page.Leads.Zip(Found(page).Leads))
        {
            Assert.Equal(drawn.Polyline[0].X, found.Box.X, 1.5 * design.PxPerMmX);
            Assert.InRange(drawn.Polyline.Count(point => point.Y < found.Box.Y || point.Y > found.Box.Y + found.Box.Height), 0, 5);
            Assert.Equal(drawn.Signal.StartS, found.StartS, 0.07);
        }
    }

    [Theory]
    [InlineData(5, PulsePlace.Left)]
    [InlineData(10, PulsePlace.Right)]
    [InlineData(20, PulsePlace.Left)]
    public void Measures_the_amplitude_by_the_calibration_pulse(double mmPerMv, PulsePlace place)
    {
        var layout = Found(Design(PageFormat.Named("3x4+1")) with { MmPerMv = mmPerMv, Pulse = place });
        Assert.Equal((mmPerMv, "pulse"), (layout.MmPerMv, layout.GainFrom));
        Assert.All(layout.Pulses, pulse => Assert.Equal(mmPerMv, pulse.HeightMm, 0.06 * mmPerMv));
        Assert.All(layout.Leads, lead => Assert.DoesNotContain(layout.Pulses, pulse =>
            pulse.Box.X + (pulse.Box.Width / 2) is var middle && middle > lead.Box.X && middle < lead.Box.X + lead.Box.Width));
    }

    // Half of a pulse may be hidden by a grid as dark as it.
    [Theory]
    [InlineData(10.0, new[] { 10.0, 4.6 }, 10.0)]
    [InlineData(5.0, new[] { 10.0, 4.6 }, 5.0)]
    [InlineData(null, new[] { 10.0, 4.6 }, 10.0)]
    [InlineData(10.0, new[] { 5.1, 4.9 }, 5.0)]
    [InlineData(10.0, new double[0], null)]
    public void Most_pulses_tell_the_amplitude_and_what_is_printed_counts_as_one(double? printed, double[] heightsMm, double? expected)
    {
        using var blank = new Mat(200, 200, MatType.CV_8UC1, Scalar.All(255));
        var canvas = new TraceCanvas(blank.ToRaster(), 1, 1, 0, 0);
        var pulses = heightsMm.Select(height => new PulseFinder.Pulse(10, 50, 0, 8 * height)).ToArray();
        var sheet = new Sheet(canvas, new CanvasScale(8, 8), InkMask.Of(canvas, null, 0.5), new TraceRows([100], 20, 180), pulses, [], [], new ScaleText(null, printed), (20, 180));
        Assert.Equal(expected, sheet.MmPerMv);
        // A single pulse may be a cell of the grid or a beat, and several may be cells: a speed and an amplitude on one line are neither.
        foreach (var count in (int[])[1, 3])
        {
            var cells = sheet with { Pulses = [.. Enumerable.Repeat(new PulseFinder.Pulse(10, 50, 0, 8 * 5), count)] };
            Assert.Equal(printed is 10 ? null : 5, (cells with { Text = new ScaleText(25, printed) }).MmPerMv);
            Assert.Equal(5, cells.MmPerMv);
        }
    }

    [Fact]
    public void Reads_speed_and_amplitude_where_they_are_printed_and_says_when_they_are_assumed()
    {
        var design = Design(PageFormat.Named("6x2")) with { MmPerS = 50, MmPerMv = 5, Seconds = 5, Pulse = PulsePlace.None };
        var printed = Found(design with { Texts = [new PageText(20, 205, 2.6, "50 mm/s  5 mm/mV")] });
        Assert.Equal((50, "text", 5, "text"), (printed.MmPerS, printed.SpeedFrom, printed.MmPerMv, printed.GainFrom));
        Assert.Equal(5, printed.Leads.Max(lead => lead.EndS), 0.1);
        var silent = Found(design);
        Assert.Equal((50, "assumed", 10, "assumed"), (silent.MmPerS, silent.SpeedFrom, silent.MmPerMv, silent.GainFrom));
        Assert.Contains(silent.Notes, note => note.Code == "speed-doubtful");
    }

    [Fact]
    public void A_speed_that_is_not_printed_is_told_by_the_beats()
    {
        var design = Design(PageFormat.Named("3x4+1"));
        var fast = Found(design with { MmPerS = 50, Seconds = 5 });
        Assert.Equal((50, "assumed"), (fast.MmPerS, fast.SpeedFrom));
        Assert.Contains(fast.Notes, note => note.Code == "speed-doubtful");
        var usual = Found(design);
        Assert.Equal((25, "assumed"), (usual.MmPerS, usual.SpeedFrom));
        Assert.DoesNotContain(usual.Notes, note => note.Code == "speed-doubtful");
    }

    [Fact]
    public void A_page_of_metres_is_refused_whatever_its_format_is_said_to_be()
    {
        using var drawn = new Mat(1400, 2000, MatType.CV_8UC1, Scalar.All(255));
        var page = new UprightPage(drawn.ToRaster(), 0, QuarterTurn.None.Corners(2000, 1400), 0.5, 0.5, PageLayout.User, []);
        var refusal = Assert.Throws<RefusalException>(() => LayoutFinder.As(page, PageFormat.Named("3x4+1"), TestContext.Current.CancellationToken));
        Assert.Equal(RefusalCode.NoLayout, refusal.Code);
        Assert.Contains("larger than any ECG", refusal.Message, StringComparison.Ordinal);
    }

    // Decimals along an axis read like speeds and amplitudes now and then; nobody prints these six times on a line.
    [Theory]
    [InlineData(1, 25.0, 20.0)]
    [InlineData(4, null, null)]
    public void A_line_full_of_speeds_and_amplitudes_says_none(int times, double? mmPerS, double? mmPerMv)
    {
        var scale = new CanvasScale(8, 8);
        using var drawn = new Mat(600, 2200, MatType.CV_8UC1, Scalar.All(255));
        for (var i = 0; i < times; i++)
            Cv2.PutText(drawn, "25mm/s    20mm/mV", new Point(40 + (500 * i), 560), HersheyFonts.HersheySimplex, 0.9, Scalar.All(0), 2, LineTypes.AntiAlias);
        var gray = drawn.ToRaster();
        var mask = InkMask.Of(new TraceCanvas(gray, 1, 1, 0, 0), null, 0.5);
        var text = ScaleText.Read(gray, mask, InkBlobs.Of(mask), new TraceRows([100, 200, 300], 20, 2180), scale);
        Assert.Equal((mmPerS, mmPerMv), (text.MmPerS, text.MmPerMv));
    }

    // With a digit that stands apart a speed is two words, and "5mm/s" alone reads like "5mm/mV".
    [Theory]
    [InlineData(HersheyFonts.HersheySimplex, 0.9)]
    [InlineData(HersheyFonts.HersheyDuplex, 1)]
    public void The_end_of_a_speed_is_no_amplitude(HersheyFonts font, double size)
    {
        using var drawn = new Mat(600, 1000, MatType.CV_8UC1, Scalar.All(255));
        Cv2.PutText(drawn, "2", new Point(40, 560), font, size, Scalar.All(0), 2, LineTypes.AntiAlias);
        Cv2.PutText(drawn, "5mm/s", new Point(66, 560), font, size, Scalar.All(0), 2, LineTypes.AntiAlias);
        Cv2.GaussianBlur(drawn, drawn, new Size(3, 3), 0);
        var gray = drawn.ToRaster();
        var mask = InkMask.Of(new TraceCanvas(gray, 1, 1, 0, 0), null, 0.5);
        var text = ScaleText.Read(gray, mask, InkBlobs.Of(mask), new TraceRows([100, 200, 300], 20, 980), new CanvasScale(8, 8));
        Assert.Null(text.MmPerMv);
    }

    // Among the words of a blurred header there is always one that reads a little like 25 mm/s.
    [Fact]
    public void What_is_not_clearly_25_says_nothing_against_50()
    {
        var unclear = 0;
        for (var blur = 1.0; blur < 5; blur += 0.25)
        {
            using var drawn = new Mat(600, 1000, MatType.CV_8UC1, Scalar.All(255));
            Cv2.PutText(drawn, "25mm/s", new Point(40, 560), HersheyFonts.HersheySimplex, 0.9, Scalar.All(0), 2, LineTypes.AntiAlias);
            Cv2.GaussianBlur(drawn, drawn, new Size(0, 0), blur, blur);
            var gray = drawn.ToRaster();
            var mask = InkMask.Of(new TraceCanvas(gray, 1, 1, 0, 0), null, 0.75);
            var text = ScaleText.Read(gray, mask, InkBlobs.Of(mask), new TraceRows([100, 200, 300], 20, 980), new CanvasScale(8, 8));
            Assert.Equal(text.MmPerS is 25, text.Fifty < 0);
            unclear += text.MmPerS is null ? 1 : 0;
        }

        Assert.InRange(unclear, 1, 15);
    }

    [Fact]
    public void Text_and_beats_tell_the_speed_together()
    {
        double slow = new BeatPace(20, 2).ForFifty, fast = new BeatPace(40, 3.5).ForFifty, between = new BeatPace(29, 2.5).ForFifty;
        var unclear = new ScaleText(null, null) { Fifty = 1.5 };
        Assert.True(unclear.IsFiftyWith(fast));
        Assert.False(unclear.IsFiftyWith(between));
        Assert.False(unclear.IsFiftyWith(slow));
        var none = new ScaleText(null, null);
        Assert.True(none.IsFiftyWith(fast));
        Assert.False(none.IsFiftyWith(between));
        // "50 bpm" of a heart that beats so.
        var rate = new ScaleText(50, null) { Fifty = 5 };
        Assert.True(rate.IsFiftyWith(between));
        Assert.False(rate.IsFiftyWith(slow));
        Assert.False(new ScaleText(25, null) { Fifty = -5 }.IsFiftyWith(100));
    }

    [Fact]
    public void Refuses_rows_whose_leads_nothing_tells()
    {
        // All print covered: six rows that do not add up as limb leads must.
        var page = Drawn(Design(PageFormat.Named("6x1-chest")) with { LabelMm = 0.3 });
        var refusal = Assert.Throws<RefusalException>(() => Found(page));
        Assert.Equal(RefusalCode.NoLayout, refusal.Code);
        Assert.Contains("names", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_whose_leads_nothing_tells_are_those_that_a_person_says()
    {
        var page = Drawn(Design(PageFormat.Named("6x1-chest")) with { LabelMm = 0.3 });

        var layout = Told(page, "6x1-chest");

        Assert.Equal(["V1", "V2", "V3", "V4", "V5", "V6"], layout.Leads.Select(lead => lead.Name));
        Assert.All(layout.Leads, lead => Assert.Equal("user", lead.NameFrom));
        Assert.Equal(("6x1-chest", "user"), (layout.Name, layout.From));
        Assert.DoesNotContain(layout.Notes, note => note.Code.StartsWith("lead-name", StringComparison.Ordinal));
        Assert.All(page.Leads.Zip(layout.Leads), pair => Assert.Equal(pair.First.Polyline[0].X, pair.Second.Box.X, 1.5 * 7));
        Assert.Contains("6 rows of traces were found, and 12x1 has 12", Assert.Throws<RefusalException>(() => Told(page, "12x1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layout_that_was_misjudged_is_read_as_a_person_says()
    {
        var layout = Told(Drawn(Design(PageFormat.Named("6x2"))), "6x1-limb");

        Assert.Equal(["I", "II", "III", "aVR", "aVL", "aVF"], layout.Leads.Select(lead => lead.Name));
        Assert.All(layout.Leads, lead => Assert.Equal(10, lead.EndS, 0.1));
    }

    [Fact]
    public void Columns_that_begin_at_the_same_moment_are_told_by_their_beats_with_and_without_a_long_strip()
    {
        foreach (var name in (string[])["3x4", "3x4+1", "6x2"])
        {
            var design = Design(PageFormat.Named(name));
            var (together, on) = (Found(design with { ColumnsSimultaneous = true }), Found(design));
            Assert.True(together.ColumnsSimultaneous, name);
            Assert.All(together.Leads, lead => Assert.Equal(0, lead.StartS));
            Assert.False(on.ColumnsSimultaneous, name);
        }
    }

    [Theory]
    [InlineData("3x4", 4, PulsePlace.Left)]
    [InlineData("6x2", 2.5, PulsePlace.Right)]
    public void Blank_paper_between_columns_is_no_time(string name, double gapMm, PulsePlace place)
    {
        var design = Design(PageFormat.Named(name)) with { ColumnGapMm = gapMm, Pulse = place };
        var page = Drawn(design);
        foreach (var (drawn, found) in page.Leads.Zip(Found(page).Leads))
        {
            Assert.Equal(drawn.Polyline[0].X, found.LeftX!.Value, 0.5 * design.PxPerMmX);
            Assert.Equal(drawn.Signal.StartS, found.StartS, 0.04);
        }
    }

    // As many long strips as rows of leads: nobody knows where the rows end.
    [Fact]
    public void Columns_with_blank_paper_between_them_are_told_by_each_other_where_long_strips_end_earlier()
    {
        var design = Design(PageFormat.Named("3x4+3")) with { ColumnGapMm = 4, RhythmLeads = ["V1", "II", "V5"], Pulse = PulsePlace.None, RowMm = 22 };
        var page = Drawn(design);
        foreach (var (drawn, found) in page.Leads.Zip(Found(page).Leads))
            Assert.Equal(drawn.Polyline[0].X, found.LeftX!.Value, 0.5 * design.PxPerMmX);
    }

    [Theory]
    [InlineData("6x1-chest")]
    [InlineData("12x1")]
    public void Names_that_touch_the_feet_of_pulses_are_read(string name)
    {
        var design = Design(PageFormat.Named(name)) with { Labels = LabelPlace.Left, Pulse = PulsePlace.Left };
        var page = PageGenerator.Generate(Beats(1), design, new PageWear { BlurPx = 1.5 }, 1, TestContext.Current.CancellationToken);
        var read = Found(page).Leads.Count(lead => lead.NameFrom == "text");
        Assert.InRange(read, page.Leads.Count - 1, page.Leads.Count);
    }

    // The bar's ink and the traces' run into each other.
    [Theory]
    [InlineData("3x4", PulsePlace.Left)]
    [InlineData("6x2", PulsePlace.Right)]
    [InlineData("6x2", PulsePlace.None)]
    public void Paper_between_columns_that_bars_fill_is_no_time(string name, PulsePlace place)
    {
        var design = Design(PageFormat.Named(name)) with { ColumnGapMm = 1.2, Separators = SeparatorKind.Bar, Pulse = place, PxPerMmX = 5, PxPerMmY = 5, PenMm = 0.4 };
        var page = PageGenerator.Generate(Beats(1), design, new PageWear { BlurPx = 1.5 }, 1, TestContext.Current.CancellationToken);
        foreach (var (drawn, found) in page.Leads.Zip(Found(page).Leads))
        {
            Assert.Equal(drawn.Polyline[0].X, found.LeftX!.Value, 0.5 * design.PxPerMmX);
            Assert.Equal(drawn.Signal.StartS, found.StartS, 0.01);
        }

        // Bars between columns that touch.
        Assert.All(Found(design with { ColumnGapMm = 0 }).Leads, lead => Assert.Null(lead.LeftX));
    }

    [Fact]
    public void Rows_that_break_off_end_where_others_do()
    {
        var design = Design(PageFormat.Named("12x1"));
        var page = Drawn(design);
        // Of most rows a piece before the last seven millimetres is painted as paper.
        foreach (var lead in page.Leads.Take(8))
        {
            var (right, line) = (lead.Polyline[^1].X, lead.Polyline[^1].Y);
            for (var y = (int)(line - (7 * design.PxPerMmY)); y < line + (7 * design.PxPerMmY); y++)
                page.Picture.Pixels.AsSpan(((y * page.Picture.Width) + (int)(right - (20 * design.PxPerMmX))) * 3, (int)(13 * design.PxPerMmX) * 3).Fill(255);
        }

        Assert.All(page.Leads.Zip(Found(page).Leads), pair => Assert.Equal(pair.First.Polyline[^1].X, pair.Second.Box.X + pair.Second.Box.Width, design.PxPerMmX));
    }

    [Fact]
    public void Names_before_the_traces_that_touch_some_of_them_are_no_part_of_any()
    {
        const int Seed = 47546;
        var random = new Random(Seed);
        var design = PageDesigns.Draw(random);
        var page = PageGenerator.Generate(Beats(1), design, PageWears.Draw(random, PageLook.Clean, false, design), Seed, TestContext.Current.CancellationToken);
        Assert.All(page.Leads.Zip(Found(page).Leads), pair => Assert.Equal(pair.First.Polyline[0].X, pair.Second.Box.X, design.PxPerMmX));
    }

    // Names, feet of pulses and pens; longer rows are what they are.
    [Theory]
    [InlineData(1.9, 10)]
    [InlineData(2.8, 10.12)]
    public void Rows_that_seem_a_little_too_long_last_ten_seconds(double extraMm, double seconds)
    {
        var page = Drawn(Design(PageFormat.Named("12x1")) with { Pulse = PulsePlace.None });
        var pxPerMm = page.Design.PxPerMmX * 250 / (250 + extraMm);
        var layout = LayoutFinder.Find(new UprightPage(page.Picture, 0, [], pxPerMm, pxPerMm, "grid", []), TestContext.Current.CancellationToken);
        Assert.All(layout.Leads, lead => Assert.Equal(seconds, lead.EndS, 0.03));
    }

    [Theory]
    [InlineData(4, new int[0])]
    [InlineData(4, new[] { 1, 2 })]
    [InlineData(1, new[] { 2, 3 })]
    public void Rows_far_apart_are_even_where_both_are_known(double unevenness, int[] known) =>
        Assert.Equal(unevenness, new TraceRows([100, 110, 120, 160], 0, 500).Unevenness(0, 4, known.Contains), 1e-9);

    [Fact]
    public void Rows_begin_where_another_look_at_the_page_has_them_begin()
    {
        var design = Design(PageFormat.Named("12x1"));
        var page = Drawn(design);
        var canvas = TraceCanvas.Of(Gray.Brightest(page.Picture), design.PxPerMmX, design.PxPerMmY);
        var told = Sheet.Of(canvas, new CanvasScale(design.PxPerMmX, design.PxPerMmY), 128, [], TestContext.Current.CancellationToken);
        var early = told.Rows.Left - (9 * design.PxPerMmX);
        var seen = told with { Rows = told.Rows with { Left = early }, Fits = [.. told.Fits.Select(fit => fit with { Left = early })] };
        Assert.True(seen.IsOverlong);

        var shorter = Assert.IsType<Sheet>(seen.WithEndsOf(told));
        Assert.Equal((told.Rows.Left, told.Fits[0].Left, told.Fits[0].Pitch), (shorter.Rows.Left, shorter.Fits[0].Left, shorter.Fits[0].Pitch));
        Assert.True(shorter.IsUsual);
        // Rows that begin before the others are none of theirs.
        Assert.Null(told.WithEndsOf(seen));
    }

    [Fact]
    public void The_paper_s_edge_is_no_row_of_traces_though_it_is_bent()
    {
        var design = Design(PageFormat.Named("3x4"));
        var page = Drawn(design);
        for (var x = (int)(5 * design.PxPerMmX); x < page.Picture.Width; x++)
        {
            var y = (int)((design.TopMm + (3 * design.RowMm) + (1.2 * Math.Sin(x / (30 * design.PxPerMmX)))) * design.PxPerMmY);
            for (var thick = 0; thick < 3; thick++)
                page.Picture.Pixels.AsSpan((((y + thick) * page.Picture.Width) + x) * 3, 3).Fill(40);
        }

        Assert.Equal("3x4", Found(page).Name);
    }

    [Theory]
    [InlineData(8324, 1)]
    [InlineData(65379, 0.4)]
    public void Pulses_in_a_grid_as_dark_as_they_are_tell_the_amplitude(int seed, double amplitude)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random);
        var page = PageGenerator.Generate(Beats(amplitude), design, PageWears.Draw(random, PageLook.Scan, false, design), seed, TestContext.Current.CancellationToken);
        Assert.Equal(5, design.MmPerMv);
        var layout = LayoutFinder.Find(Sample.Upright(page.Picture), TestContext.Current.CancellationToken);
        Assert.Equal((5, "pulse"), (layout.MmPerMv, layout.GainFrom));
    }

    [Fact]
    public void Beats_of_half_the_usual_height_say_five_millimetres_a_millivolt()
    {
        Assert.Equal(5, new BeatHeight(5.8).Other.MmPerMv);
        Assert.InRange(new BeatHeight(5.8).Other.LogOdds, BeatHeight.Likely, 3);
        Assert.InRange(new BeatHeight(11.6).Other.LogOdds, -6, BeatHeight.Possible);
        Assert.Equal(20, new BeatHeight(26).Other.MmPerMv);
        Assert.InRange(new BeatHeight(26).Other.LogOdds, BeatHeight.Likely, 5);
        // Hypertrophy.
        Assert.InRange(new BeatHeight(17).Other.LogOdds, -4, BeatHeight.Possible);
        // Nobody's heart: it says no more than a usual one of an unusual amplitude would.
        Assert.InRange(new BeatHeight(1).Other.LogOdds, 0, 8);
    }

    [Theory]
    [InlineData(5, 10)] // Told by the beats, and said to be.
    [InlineData(10, 10)]
    public void Where_neither_pulse_nor_print_tell_the_amplitude_the_beats_do(double mmPerMv, double usual)
    {
        var design = Design(PageFormat.Named("3x4+1")) with { Pulse = PulsePlace.None, MmPerMv = mmPerMv, Texts = [] };
        var beats = Beats(1);
        var drawn = PageGenerator.Generate(beats, design with { MmPerMv = usual }, PageWear.None, 1, TestContext.Current.CancellationToken);
        var mm = BeatHeight.Of(design.Format, Found(drawn).Ink!, new CanvasScale(design.PxPerMmX, design.PxPerMmY))!.Mm;
        // As tall as most hearts' beats are.
        var page = PageGenerator.Generate(Beats(11.6 / mm), design, PageWear.None, 1, TestContext.Current.CancellationToken);
        var layout = Found(page);
        Assert.Equal((mmPerMv, "assumed"), (layout.MmPerMv, layout.GainFrom));
        Assert.Equal(mmPerMv != usual, layout.Notes.Any(note => note.Code == "gain-doubtful"));
    }

    [Fact]
    public void Traces_with_gaps_do_not_tell_how_tall_beats_are()
    {
        var design = Design(PageFormat.Named("3x4+1"));
        var ink = Found(Drawn(design)).Ink!;
        var scale = new CanvasScale(design.PxPerMmX, design.PxPerMmY);
        Assert.NotNull(BeatHeight.Of(design.Format, ink, scale));
        var broken = ink with { Tops = [.. ink.Tops.Select(tops => tops.Select((top, x) => x % 30 == 0 ? -1 : top).ToArray())] };
        Assert.Null(BeatHeight.Of(design.Format, broken, scale));
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(10, 1)]
    public void A_single_cell_that_is_left_of_a_dark_grid_is_no_pulse(double heightMm, int pulses)
    {
        var design = Design(PageFormat.Named("12x1")) with { Pulse = PulsePlace.None };
        var page = Drawn(design);
        var canvas = TraceCanvas.Of(Gray.Brightest(page.Picture), design.PxPerMmX, design.PxPerMmY);
        var sheet = Sheet.Of(canvas, new CanvasScale(design.PxPerMmX, design.PxPerMmY), 128, [], TestContext.Current.CancellationToken);
        using var marks = new Mat(canvas.Gray.Height, canvas.Gray.Width, MatType.CV_8UC1, Scalar.All(255));
        var (x, foot) = ((int)sheet.Rows.Left - 60, (int)sheet.Rows.Baselines[3]);
        Cv2.Polylines(marks, [[new Point(x, foot), new Point(x, foot - (int)(7 * heightMm)), new Point(x + 35, foot - (int)(7 * heightMm)), new Point(x + 35, foot)]], false, Scalar.All(0), 3);
        Assert.Equal(pulses, sheet.WithMarksOf(marks.ToRaster(), 128).Pulses.Count);
    }

    [Fact]
    public void Blank_paper_between_columns_makes_no_row_too_long()
    {
        var design = Design(PageFormat.Named("3x4")) with { ColumnGapMm = 4, Pulse = PulsePlace.Right };
        var canvas = TraceCanvas.Of(Gray.Brightest(Drawn(design).Picture), design.PxPerMmX, design.PxPerMmY);
        var sheet = Sheet.Of(canvas, new CanvasScale(design.PxPerMmX, design.PxPerMmY), 128, [], TestContext.Current.CancellationToken);

        Assert.True((sheet.Rows.Right - sheet.Rows.Left) / design.PxPerMmX > 260);
        Assert.True(sheet.IsUsual);
        Assert.False(sheet.IsOverlong);
    }

    [Theory]
    [InlineData("aVF", 0, 0.35)]
    [InlineData("V6", 3.3, 0.6)]
    public void A_long_strip_whose_name_cannot_be_read_is_named_by_its_trace(string lead, double gapMm, double penMm)
    {
        var design = Design(PageFormat.Named("3x4+1")) with { RhythmLeads = [lead], ColumnGapMm = gapMm, PenMm = penMm };
        var page = Drawn(design);
        // The name's ink is painted as paper.
        var strip = page.Leads[^1];
        var cover = new PixelBox(strip.Box.X, (int)strip.Polyline[0].Y - (int)(16 * design.PxPerMmY), (int)(14 * design.PxPerMmX), (int)(13 * design.PxPerMmY));
        for (var y = cover.Y; y < cover.Y + cover.Height; y++)
            page.Picture.Pixels.AsSpan(((y * page.Picture.Width) + cover.X) * 3, cover.Width * 3).Fill(255);
        var layout = Found(page);
        Assert.Equal((lead, "layout"), (layout.Leads[^1].Name, layout.Leads[^1].NameFrom));
        Assert.Contains(layout.Notes, note => note is { Code: "lead-name-unconfirmed", Lead: "rhythm" });
    }

    [Theory]
    [InlineData("6x1-limb")]
    [InlineData("6x2")]
    [InlineData("3x4")]
    public void Rows_without_readable_names_are_told_by_limb_leads_that_add_up_and_it_is_said(string name)
    {
        var layout = Found(Drawn(Design(PageFormat.Named(name)) with { LabelMm = 0.3 }));
        Assert.Equal(name, layout.Name);
        Assert.Contains(layout.Notes, note => note.Code == "lead-names-unread");
        Assert.All(layout.Leads, lead => Assert.Equal("layout", lead.NameFrom));
        Assert.InRange(layout.Confidence, 0.01, 0.5);
    }

    [Fact]
    public void A_strip_that_repeats_a_lead_does_not_speak_for_limb_leads_that_do_not_add_up()
    {
        var design = Design(PageFormat.Named("3x4+1")) with { LabelMm = 0.3 };
        Assert.Contains(Found(Drawn(design)).Notes, note => note.Code == "lead-names-unread");
        // Another lead where I should be, as rows of a page on its head are others.
        var beats = Beats(1);
        LeadSignal[] mistaken = [.. beats.Select(lead => lead.Name == "I" ? beats.Single(other => other.Name == "aVR") with { Name = "I" } : lead)];
        var page = PageGenerator.Generate(mistaken, design, new PageWear(), 1, TestContext.Current.CancellationToken);
        Assert.Equal(RefusalCode.NoLayout, Assert.Throws<RefusalException>(() => Found(page)).Code);
    }

    [Theory]
    [InlineData(0xF5B5B5, 0xE88080)]
    [InlineData(0xC0C0C0, 0x909090)]
    [InlineData(0xB0D0F0, 0x80A8E0)]
    public void The_colour_of_the_grid_does_not_matter(int fine, int coarse)
    {
        var design = Design(PageFormat.Named("6x2+1"));
        Assert.Equal("6x2+1", Found(design with { Grid = design.Grid with { Fine = Colour.Of(fine), Coarse = Colour.Of(coarse) } }).Name);
    }

    internal static PageDesign Design(PageFormat format) => new()
    {
        Format = format,
        RhythmLeads = format.RhythmStrips switch { 0 => [], 1 => ["II"], 2 => ["V1", "II"], _ => ["V1", "II", "V5"] },
        PxPerMmX = 7,
        PxPerMmY = 7,
        TopMm = format.Rows + format.RhythmStrips > 7 ? 22 : 45,
        RowMm = (format.Rows + format.RhythmStrips) switch { <= 4 => 35, <= 7 => 22, _ => 15 },
        LeftMm = 25,
        Grid = new GridDesign(GridKind.Lines, Colour.Of(0xFFFFFF), Colour.Of(0xF5C0C0), Colour.Of(0xE89090), 0.12, 0.25, true),
        Labels = LabelPlace.Above,
        LabelMm = 2.6,
        Font = HersheyFonts.HersheyDuplex,
    };

    internal static GeneratedPage Drawn(PageDesign design, double amplitude = 1) =>
        PageGenerator.Generate(Beats(amplitude), design, PageWear.None, 1, TestContext.Current.CancellationToken);

    private static PageLayout Told(GeneratedPage page, string format) => LayoutFinder.As(
        new UprightPage(page.Picture, 0, [], page.Design.PxPerMmX, page.Design.PxPerMmY, "grid", []), PageFormat.Named(format), TestContext.Current.CancellationToken);

    private static PageLayout Found(PageDesign design) => Found(Drawn(design, 10 / design.MmPerMv));

    private static PageLayout Found(GeneratedPage page) => LayoutFinder.Find(
        new UprightPage(page.Picture, 0, [], page.Design.PxPerMmX, page.Design.PxPerMmY, "grid", []), TestContext.Current.CancellationToken);

    /// <summary>Twelve leads of 75 beats a minute whose P, R, S and T differ from lead to lead; Einthoven's and Goldberger's equations hold.</summary>
    internal static IReadOnlyList<LeadSignal> Beats(double amplitude)
    {
        const double Rate = 500;
        double[][] waves = [[0.1, 0.7, -0.1, 0.2], [0.15, 1.0, -0.2, 0.3], [0.05, -0.3, -0.6, -0.1], [0.08, 0.4, -0.9, 0.4], [0.08, 0.8, -0.7, 0.5], [0.1, 1.1, -0.4, 0.4], [0.1, 1.0, -0.2, 0.3], [0.1, 0.8, -0.1, 0.2]];
        var independent = waves.Select(wave => Enumerable.Range(0, (int)(10 * Rate)).Select(i => (float)(amplitude * Beat(wave, i / Rate % 0.8))).ToArray()).ToArray();
        float[] one = independent[0], two = independent[1];
        float[] Mix(double a, double b) => [.. one.Zip(two, (i, ii) => (float)((a * i) + (b * ii)))];
        float[][] leads = [one, two, Mix(-1, 1), Mix(-0.5, -0.5), Mix(1, -0.5), Mix(-0.5, 1), .. independent[2..]];
        return [.. PageGenerator.LeadNames.Zip(leads, (name, mv) => new LeadSignal(name, Rate, mv))];
    }

    private static double Beat(double[] wave, double t)
    {
        double Bump(double size, double at, double width) => size * Math.Exp(-0.5 * Math.Pow((t - at) / width, 2));
        return Bump(wave[0], 0.15, 0.02) + Bump(wave[1], 0.30, 0.01) + Bump(wave[2], 0.325, 0.01) + Bump(wave[3], 0.55, 0.04);
    }
}
