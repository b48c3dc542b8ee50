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
    public void Reads_a_drawn_report_back_as_millivolts()
    {
        var drawn = ReportPage.Draw(seed: 3);
        var (page, layout) = Sample.Found(drawn.Pixels);
        var read = Read(page, layout);
        Assert.Equal(13, read.Leads.Count);
        var comparison = DigitizationMeasure.ComparePage(Truth(drawn, layout), [.. read.Leads.Select(lead => lead.Signal)], removeMean: true);
        // Measured 12.9 dB: this page's pen is as wide as its beats are at half height, and the fit does not yet part their flanks.
        Assert.True(comparison.SnrDb > 11, string.Join(", ", comparison.Leads.Select(lead => $"{lead.Lead} {lead.SnrDb:0.0} dB late {lead.LagS:0.0000} s covered {lead.Coverage:0.000}")));
        Assert.InRange(comparison.Coverage, 0.98, 1);
        Assert.All(comparison.Leads, lead => Assert.InRange(Math.Abs(lead.LagS), 0, 0.006));
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

    /// <summary>A white page of 200 dpi with one lead between columns 20 and 480, and what is drawn on it.</summary>
    private sealed class DrawnStrip
    {
        public const int Left = 20, Width = 500, Height = 240;

        private readonly byte[] pixels = [.. Enumerable.Repeat((byte)255, Width * Height)];

        public double MmPerS { get; init; } = 25;

        public double MmPerMv { get; init; } = 10;

        /// <summary>A pen of three pixels along a curve of rows.</summary>
        public void Draw(Func<double, double> row, int first, int last)
        {
            for (var x = first - 2; x < last + 2; x++)
                for (var y = 0; y < Height; y++)
                {
                    var nearest = double.PositiveInfinity;
                    for (var at = Math.Max(first, x - 4.0); at <= Math.Min(last, x + 5.0); at += 0.1)
                        nearest = Math.Min(nearest, Math.Sqrt(Math.Pow(x + 0.5 - at, 2) + Math.Pow(y + 0.5 - row(at), 2)));
                    pixels[(y * Width) + x] = (byte)Math.Min(pixels[(y * Width) + x], 255 * Math.Clamp(nearest - 1, 0, 1));
                }
        }

        /// <summary>Reads the first of some leads, each placed where its rows are.</summary>
        public DigitizedLead Read(params Func<double, double>[] rows)
        {
            var place = new LeadPlace("I", "I", "layout", false, new PixelBox(Left, 0, 480 - Left, Height), 0, (480 - Left) / (MmPerS * PxPerMm));
            var page = new UprightPage(new Raster(Width, Height, 1, pixels), 0, [], PxPerMm, PxPerMm, "grid", []);
            var layout = new PageLayout("1x1", "user", 1, false, [.. rows.Select((_, i) => place with { Key = $"{i}" })], []) { TimeZeroX = Left, MmPerS = MmPerS, MmPerMv = MmPerMv };
            var traces = rows.Select((row, i) => new LeadTrace(layout.Leads[i], [.. Enumerable.Range(0, place.Box.Width).Select(x => (float)row(Left + x + 0.5))], row(Left), 1)).ToArray();
            return SignalReader.Read(page, layout, traces, cancellationToken: TestContext.Current.CancellationToken).Leads[0];
        }
    }
}
