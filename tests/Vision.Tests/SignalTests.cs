using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Tests.Pages;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public class SignalTests
{
    private const double PxPerMm = 200 / 25.4, PxPerMv = 10 * PxPerMm;

    [Fact]
    public void Reads_drawn_reports_back_as_millivolts()
    {
        var comparisons = Enumerable.Range(1, 3).Select(seed =>
        {
            var drawn = ReportPage.Draw(seed);
            var (page, layout) = Sample.Found(drawn.Pixels);
            var read = Read(page, layout);
            Assert.Equal(13, read.Leads.Count);
            return DigitizationMeasure.ComparePage(Truth(drawn, layout), [.. read.Leads.Select(lead => lead.Signal)], removeMean: true);
        }).ToArray();
        // Measured 30.1, 30.7 and 22.6 dB: on the third page beats stand under the separators.
        Assert.True(comparisons.Average(comparison => comparison.SnrDb) > 25, string.Join(", ", comparisons.SelectMany(comparison => comparison.Leads).Select(lead => $"{lead.Lead} {lead.SnrDb:0.0} dB late {lead.LagS:0.0000} s covered {lead.Coverage:0.000}")));
        Assert.All(comparisons, comparison => Assert.InRange(comparison.Coverage, 0.98, 1));
        Assert.All(comparisons.SelectMany(comparison => comparison.Leads), lead => Assert.InRange(Math.Abs(lead.LagS), 0, 0.003));
    }

    [Fact]
    public void Names_the_strip_after_its_lead_and_the_column_after_the_column()
    {
        var (page, layout) = Sample.Found(ReportPage.Draw(seed: 3).Pixels);
        var read = Read(page, layout);
        Assert.Equal("II", read.Leads[^1].Signal.Name);
        Assert.Equal("II@column", read.Leads[1].Signal.Name);
        Assert.Equal(["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "II@column"], read.Table().Select(lead => lead.Name));
        Assert.InRange(LeadConsistency.DoubledLead(read.Leads[1].Signal, read.Leads[^1].Signal).Correlation, 0.99, 1);
    }

    [Fact]
    public void Samples_at_the_rate_that_is_asked_for()
    {
        var (page, layout) = Sample.Found(ReportPage.Draw(seed: 3).Pixels);
        var traces = LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken);
        var read = SignalReader.Read(page, layout, traces, 250, TestContext.Current.CancellationToken);
        Assert.All(read.Leads, lead => Assert.Equal((250.0, (int)Math.Round((lead.Trace.Place.EndS - lead.Trace.Place.StartS) * 250)), (lead.Signal.SampleRateHz, lead.Signal.Mv.Length)));
    }

    [Fact]
    public void Leaves_a_gap_where_the_page_has_no_ink()
    {
        var page = new DrawnStrip();
        page.Draw(x => 100 - (40 * Math.Exp(-Math.Pow((x - 200) / 6, 2))), 20, 250);
        page.Draw(x => 100 - (40 * Math.Exp(-Math.Pow((x - 360) / 6, 2))), 320, 480);
        var mv = page.Read(_ => 100).Signal.Mv;
        Assert.All(Between(mv, 258, 312), value => Assert.True(float.IsNaN(value)));
        Assert.All(Between(mv, 24, 245), value => Assert.False(float.IsNaN(value)));
        Assert.All(Between(mv, 325, 476), value => Assert.False(float.IsNaN(value)));
        Assert.InRange(Between(mv, 190, 210).Max(), 0.47, 0.54);
    }

    [Fact]
    public void Climbs_a_beat_that_the_tracer_missed()
    {
        var page = new DrawnStrip();
        page.Draw(x => 150 - (90 * Math.Exp(-Math.Pow((x - 200) / 3.0, 2))), 20, 480);
        Assert.InRange(Between(page.Read(_ => 150).Signal.Mv, 190, 210).Max(), 1.05, 1.2);
    }

    [Fact]
    public void A_neighbour_that_crosses_does_not_capture_the_trace()
    {
        var page = new DrawnStrip();
        page.Draw(_ => 100, 20, 480);
        page.Draw(x => 160 - (110 * Math.Exp(-Math.Pow((x - 250) / 12.0, 2))), 20, 480);
        var mv = page.Read(_ => 100, x => 160 - (110 * Math.Exp(-Math.Pow((x - 250) / 12.0, 2)))).Signal.Mv;
        Assert.All(Between(mv, 30, 470), value => Assert.InRange(value, -0.08f, 0.08f));
    }

    [Fact]
    public void A_pen_as_wide_as_the_beat_is_not_drawn_as_a_zigzag()
    {
        double Row(double x) => 150 - (90 * Math.Exp(-Math.Pow((x - 250) / 3.0, 2)));
        var page = new DrawnStrip { PenPx = 5 };
        page.Draw(Row, 20, 480);
        var mv = Between(page.Read(_ => 150).Signal.Mv, 238, 262);
        // Up once and down once: the way is twice the height.
        Assert.InRange(mv.Zip(mv.Skip(1), (a, b) => Math.Abs(a - b)).Sum() / mv.Max(), 1.9, 2.2);
    }

    [Fact]
    public void Black_grid_lines_do_not_capture_the_trace()
    {
        double Row(double x) => 112 - (50 * Math.Exp(-Math.Pow((x - 230) / 6.0, 2)));
        var page = new DrawnStrip();
        for (var square = 0; square < 13; square++)
        {
            page.Fill((int)(square * 5 * PxPerMm) + 3, 0, 2, 240);
            page.Fill(0, (int)(square * 5 * PxPerMm) + 3, 500, 2);
        }

        page.Draw(Row, 20, 480);
        var lead = page.Read(_ => 112);
        Assert.InRange(lead.Signal.Coverage, 0.98, 1);
        var left = Between(lead.Signal.Mv, 30, 470);
        for (var n = 0; n < left.Length; n++)
            Assert.Equal((Row(30) - Row(30 + (n / 500.0 * 25 * PxPerMm))) / PxPerMv, left[n], 0.06);
    }

    [Fact]
    public void Is_less_sure_where_handwriting_covers_the_trace()
    {
        double Row(double x) => 120 + (6 * Math.Sin(x / 9));
        var page = new DrawnStrip();
        page.Draw(Row, 20, 480);
        for (var stroke = 0; stroke < 5; stroke++)
            page.Draw(x => 120 + (stroke * 3) + (14 * Math.Sin((x + (stroke * 7)) / 4.0)), 240, 290);
        var lead = page.Read(Row);
        var written = Between(lead.Confidence, 245, 285).Average();
        var free = Between(lead.Confidence, 30, 220).Concat(Between(lead.Confidence, 310, 470)).Average();
        Assert.True(free > 0.8 && written < 0.6 * free, $"free {free:0.00}, written on {written:0.00}");
    }

    [Fact]
    public void Is_not_sure_of_what_lies_under_a_calibration_pulse()
    {
        var page = new DrawnStrip { Pulse = new PixelBox(200, 60, 40, 80) };
        page.Draw(_ => 100, 20, 480);
        var lead = page.Read(_ => 100);
        Assert.InRange(Between(lead.Confidence, 210, 230).Max(), 0, 0.1);
        Assert.InRange(Between(lead.Confidence, 40, 180).Min(), 0.7, 1);
    }

    // The last of 100 samples a second stands 10 ms before the end, the first one at the beginning; ends that differ otherwise are both a little wrong.
    [Theory]
    [InlineData(0, 100)]
    [InlineData(-2, 100)]
    [InlineData(4, 102)]
    public void Time_begins_with_the_first_sample_unless_both_ends_are_a_little_wrong(double lateEnd, double zero)
    {
        const double second = 25 * PxPerMm;
        LeadPlace[] places = [.. Enumerable.Range(0, 3).Select(i => new LeadPlace($"{i}", $"{i}", "layout", false, new PixelBox(100, 200 * i, (int)(10 * second), 200), 0, 10))];
        var layout = new PageLayout("3x1", "traces", 1, false, places, []) { TimeZeroX = 103 };
        var ends = places.Select(place => new TraceEnds(100, [150], 100, 100 + (10 * second) + lateEnd)).ToArray();
        Assert.Equal(zero, TimeAxis.Of(layout, ends, 3, PxPerMm).ZeroX, 0.01);
    }

    [Fact]
    public void Traces_that_run_into_a_pulse_do_not_end_at_its_stroke()
    {
        const double second = 25 * PxPerMm, foot = 1.2 * PxPerMm;
        LeadPlace[] places = [.. Enumerable.Range(0, 3).Select(i => new LeadPlace($"{i}", $"{i}", "layout", false, new PixelBox(100, 200 * i, (int)(10 * second), 200), 0, 10))];
        var layout = new PageLayout("3x1", "traces", 1, false, places, []) { TimeZeroX = 100 };
        var ends = places.Select(place => new TraceEnds(100, [150], 100, 100 + (10 * second) + foot)).ToArray();
        Assert.NotEqual(second, TimeAxis.Of(layout, ends, 3, PxPerMm).PxPerS, 0.01);
        var pulse = new PixelBox((int)(100 + (10 * second) + foot) + 2, 100, (int)(5 * PxPerMm), (int)(10 * PxPerMm));
        Assert.Equal((100, second), TimeAxis.Of(layout with { Pulses = [new CalibrationPulse(pulse, 10, 5, 100)] }, ends, 3, PxPerMm) is var axis ? (axis.ZeroX, axis.PxPerS) : default);
    }

    [Fact]
    public void Names_below_each_other_are_no_bars_between_the_columns()
    {
        var names = new List<PixelBox>();
        var page = LevelColumns.Draw();
        foreach (var row in LevelColumns.Rows)
            foreach (var x in LevelColumns.Borders)
            {
                page.Fill(x + 26, (int)row + 20, 4, 24);
                names.Add(new PixelBox(x + 24, (int)row + 18, 8, 28));
            }

        var (layout, traces) = LevelColumns.At(LevelColumns.ZeroX);
        var read = SignalReader.Read(page.Page, layout with { Names = names }, traces, cancellationToken: TestContext.Current.CancellationToken);
        // An axis that is moved by 28 pixels leaves the end of the last column blank.
        Assert.Equal(1, read.Leads[^1].Signal.Coverage, 0.01);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bars_and_dotted_lines_between_the_columns_move_a_time_axis_that_took_the_pulse_for_the_trace(bool dotted)
    {
        var page = LevelColumns.Draw();
        foreach (var x in LevelColumns.Borders)
        {
            for (var y = 80; dotted && y < 640; y += 5)
                page.Fill(x, y, 1, 2);
            foreach (var row in dotted ? [] : LevelColumns.Rows)
                page.Fill(x - 2, (int)row - 20, 4, 36);
        }

        var (layout, traces) = LevelColumns.At(LevelColumns.ZeroX + 30);
        double?[] zeroLines = [.. traces.Select(trace => (double?)trace.BaselineRow)];
        var axis = new TimeAxis(layout.TimeZeroX, LevelColumns.Second, false).AtBars(InkImage.Of(page.Page, traces), layout, zeroLines, PxPerMm, PxPerMm);
        Assert.Equal(LevelColumns.ZeroX, axis.ZeroX, 1.0);
    }

    [Fact]
    public void Bars_that_beats_have_run_into_are_known_by_those_of_the_other_borders()
    {
        var page = new DrawnStrip(columns: 1300, rows: 700);
        double[] rows = [150, 350, 550];
        int[] borders = [300, 600, 900];
        foreach (var row in rows)
            page.Draw(_ => row, 20, 1280);
        foreach (var border in borders)
            foreach (var row in rows)
                page.Fill(border - 2, (int)row - 60, 4, 32);
        // At the first border a beat hides each row's bar by another height.
        for (var row = 0; row < 3; row++)
            page.Fill(296, (int)rows[row] - 80 - (8 * row), 8, 80 + (8 * row));
        var place = new LeadPlace("I", "I", "layout", false, new PixelBox(20, 60, 1260, 180), 0, 10);
        var ink = InkImage.Of(page.Page, [new LeadTrace(place, [.. Enumerable.Repeat(150f, 1260)], 150, 1)]);
        var printed = new bool[ink.Width * ink.Height];
        bool IsMarked(int border, double row) => Enumerable.Range((int)row - 58, 28).All(y => printed[(y * ink.Width) + border - 1] && printed[(y * ink.Width) + border]);
        var marked = borders.Select(border => ((double)border, SeparatorBars.Mark(ink, border, rows, SeparatorBars.Separator, PxPerMm, PxPerMm, printed))).ToArray();
        Assert.DoesNotContain(rows, row => IsMarked(300, row));
        SeparatorBars.MarkHidden(ink, marked, PxPerMm, printed);
        Assert.All(borders, border => Assert.All(rows, row => Assert.True(IsMarked(border, row))));
        // The beat beside the bar stays ink.
        Assert.All(rows, row => Assert.DoesNotContain(Enumerable.Range((int)row - 58, 28), y => printed[(y * ink.Width) + 302]));
    }

    [Fact]
    public void A_name_printed_below_the_beginning_of_a_trace_does_not_capture_it()
    {
        // The first beat goes down beside the name: the way along the letters' strokes covers more ink than the level trace above.
        static double Row(double x) => 100 + (70 * Math.Exp(-Math.Pow((x - 68) / 3.0, 2)));
        var page = new DrawnStrip { Names = [new PixelBox(23, 119, 40, 44)] };
        page.Draw(Row, 20, 480);
        for (var stroke = 0; stroke < 2; stroke++)
            page.Draw(x => 120 + (40 * Math.Abs(((x - 24 - (stroke * 19)) / 9) - 1)), 24 + (stroke * 19), 42 + (stroke * 19));
        var lead = page.Read(Row);
        Assert.All(Between(lead.Signal.Mv, 24, 55), mv => Assert.InRange(mv, -0.02, 0.02));
    }

    [Fact]
    public void A_frame_s_line_is_not_taken_for_the_trace_beside_it()
    {
        static double Row(double x) => 90 - (60 * Math.Exp(-Math.Pow((x - 250) / 6.0, 2)));
        var page = new DrawnStrip();
        page.Draw(Row, 20, 480);
        page.Draw(_ => 150.5, 0, 500);
        // The tracer took the line.
        var lead = page.Read(_ => 150.5);
        Assert.InRange(lead.Signal.Mv.Where(float.IsFinite).Max() - lead.Signal.Mv.Where(float.IsFinite).Min(), 58 / PxPerMv, 62 / PxPerMv);
    }

    [Fact]
    public void A_line_that_runs_down_the_page_is_not_climbed_and_hides_no_beat_beside_it()
    {
        static double Row(double x) => 300 - (60 * Math.Exp(-Math.Pow((x - 350) / 4.0, 2)));
        var page = new DrawnStrip(rows: 900);
        page.Draw(Row, 20, 480);
        // A third of a degree from upright.
        for (var y = 0; y < 900; y++)
            page.Fill(200 + (y / 200), y, 3, 1);
        var mv = page.Read(Row).Signal.Mv;
        Assert.All(Between(mv, 24, 320), value => Assert.InRange(value, -0.05, 0.05));
        Assert.InRange(Between(mv, 340, 360).Max(), 58 / PxPerMv, 62 / PxPerMv);
    }

    [Fact]
    public void A_level_line_without_any_trace_is_not_sure()
    {
        var page = new DrawnStrip();
        page.Draw(_ => 150.5, 0, 500);
        Assert.InRange(page.Read(_ => 150.5).MeanConfidence, 0, 0.1);
    }

    [Theory]
    [InlineData(50, 105, 130)]
    [InlineData(20, 147, 151)] // so much farther only what crosses the trace goes on
    public void A_stroke_that_the_curve_runs_under_is_climbed_and_a_line_that_crosses_it_is_not(double farthest, double least, double most)
    {
        var page = new DrawnStrip { PenPx = 2 };
        page.Draw(x => 150, 20, 480);
        for (var y = 108; y < 150; y++)
            page.Page.Pixels.Pixels.AsSpan(((y * page.Page.Pixels.Width) + 199) * page.Page.Pixels.Channels, 3 * page.Page.Pixels.Channels).Clear();
        var place = new LeadPlace("I", "I", "layout", false, new PixelBox(20, 0, 460, 240), 0, 2.3);
        var ink = InkImage.Of(page.Page, [new LeadTrace(place, [.. Enumerable.Repeat(150f, 460)], 150, 1)]);
        var curve = PenCurve.Through(20, [.. Enumerable.Repeat(150.0, 460)], 20.5, 0.4, 1100);
        FoldSearch.Improve(ink, new byte[ink.Amount.Length], 1, curve, new Pen(1, 0.25, 1), 0, farthest);
        Assert.InRange(curve.Row.Min(), least, most);
        Assert.All(curve.Row.Where((_, i) => Math.Abs(20.5 + (i * 0.4) - 200.3) > 8), row => Assert.InRange(row, 149, 151));
    }

    [Theory]
    [InlineData(60)] // at the foot of a pulse, with blank paper between it and the trace
    [InlineData(97)] // behind the trace's beginning
    public void Time_begins_where_the_traces_do_not_where_their_boxes_do(int boxLeft)
    {
        const double zero = 80, second = 25 * PxPerMm;
        var page = new DrawnStrip(columns: 2100, rows: 700);
        double[] rows = [150, 350, 550];
        foreach (var row in rows)
        {
            page.Draw(_ => row, 62, 67);
            page.Draw(_ => row, (int)zero, (int)(zero + (10 * second)));
        }

        LeadPlace[] places =
        [
            .. rows.Select((row, i) => new LeadPlace($"{i}", $"{i}", "layout", false, new PixelBox(boxLeft, (int)row - 80, (int)(10 * second), 160), 0, 10)),
        ];
        var layout = new PageLayout("3x1", "traces", 1, false, places, []) { TimeZeroX = boxLeft };
        var traces = places.Select((place, i) => new LeadTrace(place, [.. Enumerable.Repeat((float)rows[i], place.Box.Width)], rows[i], 1)).ToArray();
        var ink = InkImage.Of(page.Page, traces);
        var pen = ink.PenWidth(traces);
        TraceEnds[] ends = [.. traces.Select(trace => TraceEnds.Of(ink, trace, (int)(1.5 * PxPerMm), pen))];
        // The right end says nothing here: the boxes are as long as the traces, but stand elsewhere.
        Assert.Equal(zero, TimeAxis.Of(layout, [.. ends.Select(end => end with { RightEnd = null })], pen, PxPerMm).ZeroX, 1.0);
    }

    [Fact]
    public void A_trace_goes_on_behind_a_line_that_hides_it_and_ends_before_one_that_does_not()
    {
        const int first = 80;
        var page = new DrawnStrip();
        page.Draw(x => 150 + (0.1 * (x - first)), first, 480);
        // A word above, which the line touches, too.
        page.Fill(first + 4, 120, 12, 8);
        var place = new LeadPlace("I", "I", "layout", false, new PixelBox(60, 0, 400, 240), 0, 2);
        var trace = new LeadTrace(place, [.. Enumerable.Range(60, 400).Select(x => (float)(150 + (0.1 * (x - first))))], 150, 1);
        var ink = InkImage.Of(page.Page, [trace]);
        foreach (var line in (int[])[first - 5, first + 10, first + 11])
            for (var y = 0; y < ink.Height; y++)
                (ink.Amount[(y * ink.Width) + line], ink.Hidden[(y * ink.Width) + line]) = (0, y is > 100 and < 154);
        Assert.Equal(first, TraceEnds.Of(ink, trace, 9, 2).LeftEnd!.Value, 1.5);
    }

    [Fact]
    public void Uses_the_gain_and_speed_of_the_layout()
    {
        var page = new DrawnStrip { MmPerS = 50, MmPerMv = 5 };
        page.Draw(x => 150 - (80 * Math.Exp(-Math.Pow((x - 200) / 12.0, 2))), 20, 480);
        var lead = page.Read(x => 150 - (80 * Math.Exp(-Math.Pow((x - 200) / 12.0, 2))));
        Assert.InRange(lead.Signal.Mv.Where(float.IsFinite).Max(), 2 * 80 / PxPerMv * 0.97, 2 * 80 / PxPerMv * 1.03);
        var peak = Array.IndexOf(lead.Signal.Mv, lead.Signal.Mv.Where(float.IsFinite).Max());
        Assert.InRange(lead.Signal.TimeOf(peak), (180 / (50 * PxPerMm)) - 0.004, (180 / (50 * PxPerMm)) + 0.004);
    }

    private static DigitizedPage Read(UprightPage page, PageLayout layout) =>
        SignalReader.Read(page, layout, LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>The drawn rows as signals of 500 Hz under the names that the layout should give; the strip's lead as the strip.</summary>
    private static LeadSignal[] Truth(DrawnPage drawn, PageLayout layout) =>
    [
        .. layout.Leads.Where(place => place.Key != "II").Select(place =>
        {
            var rows = drawn.Rows[place.Key];
            var left = layout.TimeZeroX + (place.StartS * 25 * PxPerMm) - drawn.FirstColumn[place.Key] - 0.5;
            var mv = Enumerable.Range(0, (int)((place.EndS - place.StartS) * 500)).Select(n =>
            {
                var x = left + (n / 500.0 * 25 * PxPerMm);
                var before = (int)Math.Floor(x);
                return before < 0 || before + 1 >= rows.Length ? float.NaN : (float)(-(rows[before] + ((rows[before + 1] - rows[before]) * (x - before))) / PxPerMv);
            });
            return new LeadSignal(place.Name, 500, [.. mv], place.StartS);
        }),
    ];

    // The samples of a strip's columns.
    private static float[] Between(float[] samples, int firstX, int lastX) =>
        samples[(int)Math.Ceiling((firstX - DrawnStrip.Left) / (25 * PxPerMm) * 500)..(int)((lastX - DrawnStrip.Left) / (25 * PxPerMm) * 500)];

    /// <summary>Three rows of four columns whose traces are level.</summary>
    private static class LevelColumns
    {
        public const double ZeroX = 60, Second = 25 * PxPerMm;

        public static double[] Rows { get; } = [150, 350, 550];

        /// <summary>Columns of the page at which columns of leads meet.</summary>
        public static IEnumerable<int> Borders => Enumerable.Range(1, 3).Select(column => (int)(ZeroX + (column * 2.5 * Second)));

        public static DrawnStrip Draw()
        {
            var page = new DrawnStrip(columns: 2100, rows: 700);
            foreach (var row in Rows)
                page.Draw(_ => row, (int)ZeroX, (int)(ZeroX + (10 * Second)));
            return page;
        }

        /// <summary>Its layout as if time began at some column.</summary>
        public static (PageLayout Layout, LeadTrace[] Traces) At(double zeroX)
        {
            LeadPlace[] places =
            [
                .. Enumerable.Range(0, 12).Select(i => new LeadPlace($"{i}", $"{i}", "layout", false,
                    new PixelBox((int)(zeroX + (i / 3 * 2.5 * Second)), (int)Rows[i % 3] - 80, (int)(2.5 * Second), 160), i / 3 * 2.5, (i / 3 * 2.5) + 2.5)),
            ];
            return (
                new PageLayout("3x4", "traces", 1, false, places, []) { TimeZeroX = zeroX },
                [.. places.Select((place, i) => new LeadTrace(place, [.. Enumerable.Repeat((float)Rows[i % 3], place.Box.Width)], Rows[i % 3], 1))]);
        }
    }

    /// <summary>A white page of 200 dpi with one lead between columns 20 and 480, and what is drawn on it.</summary>
    private sealed class DrawnStrip(int columns = 500, int rows = 240)
    {
        public const int Left = 20;

        private readonly byte[] pixels = [.. Enumerable.Repeat((byte)255, columns * rows)];

        public double MmPerS { get; init; } = 25;

        public double MmPerMv { get; init; } = 10;

        public double PenPx { get; init; } = 3;

        public PixelBox? Pulse { get; init; }

        public PixelBox[] Names { get; init; } = [];

        public UprightPage Page => new(new Raster(columns, rows, 1, pixels), 0, [], PxPerMm, PxPerMm, "grid", []);

        /// <summary>A round pen along a curve of rows.</summary>
        public void Draw(Func<double, double> row, int first, int last)
        {
            var half = PenPx / 2;
            var reach = half + 2.5;
            for (var x = Math.Max(0, first - 2); x < Math.Min(columns, last + 2); x++)
            {
                (double At, double Row)[] near = [.. Enumerable.Range(0, (int)(reach * 20) + 1).Select(i => Math.Clamp(x - reach + (i * 0.1), first, last)).Select(at => (at, row(at)))];
                for (var y = (int)Math.Max(0, near.Min(p => p.Row) - reach); y < Math.Min(rows, near.Max(p => p.Row) + reach); y++)
                {
                    var nearest = near.Min(p => Math.Sqrt(Math.Pow(x + 0.5 - p.At, 2) + Math.Pow(y + 0.5 - p.Row, 2)));
                    pixels[(y * columns) + x] = (byte)Math.Min(pixels[(y * columns) + x], 255 * Math.Clamp(nearest - half + 0.5, 0, 1));
                }
            }
        }

        /// <summary>Black from edge to edge.</summary>
        public void Fill(int x, int y, int width, int height)
        {
            for (var row = y; row < Math.Min(rows, y + height); row++)
                pixels.AsSpan(row * columns, columns)[Math.Min(x, columns)..Math.Min(columns, x + width)].Clear();
        }

        /// <summary>Reads the first of some leads, each placed where its rows are.</summary>
        public DigitizedLead Read(params Func<double, double>[] at)
        {
            var place = new LeadPlace("I", "I", "layout", false, new PixelBox(Left, 0, 480 - Left, rows), 0, (480 - Left) / (MmPerS * PxPerMm));
            var layout = new PageLayout("1x1", "user", 1, false, [.. at.Select((_, i) => place with { Key = $"{i}" })], [])
            {
                TimeZeroX = Left,
                MmPerS = MmPerS,
                MmPerMv = MmPerMv,
                Names = Names,
                Pulses = Pulse is { } box ? [new CalibrationPulse(box, 10, 5, 100)] : [],
            };
            var traces = at.Select((row, i) => new LeadTrace(layout.Leads[i], [.. Enumerable.Range(0, place.Box.Width).Select(x => (float)row(Left + x + 0.5))], row(Left), 1)).ToArray();
            return SignalReader.Read(Page, layout, traces, cancellationToken: TestContext.Current.CancellationToken).Leads[0];
        }
    }
}
