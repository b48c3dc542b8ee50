using EcgImageWeb.Tests.Pages;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

public class LeadTests
{
    [Fact]
    public void Cuts_smooths_and_thresholds_every_lead_into_ink_and_paper()
    {
        var (page, layout) = Sample.Found(ReportPage.Draw().Pixels);
        var leads = LeadCutter.Cut(page, layout, TestContext.Current.CancellationToken);
        Assert.Equal(layout.Leads, leads.Select(lead => lead.Place));
        foreach (var lead in leads)
        {
            Assert.All([lead.Raw, lead.Smoothed, lead.Binary], raster => Assert.Equal((lead.Place.Box.Width, lead.Place.Box.Height, 1), (raster.Width, raster.Height, raster.Channels)));
            Assert.All(lead.Binary.Pixels, value => Assert.True(value is 0 or 255));
            Assert.InRange(lead.Threshold, 60, 220);
            var ink = lead.Binary.Pixels.Count(value => value == 255) / (double)lead.Binary.Pixels.Length;
            Assert.InRange(ink, 0.005, 0.1);
            for (var i = 0; i < lead.Binary.Pixels.Length; i += 97)
                Assert.Equal(lead.Smoothed.Pixels[i] <= lead.Threshold, lead.Binary.Pixels[i] == 255);
        }
    }

    [Fact]
    public void Leaves_the_neighbours_trace_out_of_a_box_that_grew()
    {
        var drawn = ReportPage.Draw(seed: 2, gain: 2.2);
        var (page, layout) = Sample.Found(drawn.Pixels);
        var leads = LeadCutter.Cut(page, layout, TestContext.Current.CancellationToken);
        var foreign = 0;
        foreach (var lead in leads.Where(lead => !lead.Place.IsRhythm))
        {
            var box = lead.Place.Box;
            foreach (var other in layout.Leads.Where(other => other.Key != lead.Place.Key && !other.IsRhythm && other.StartS == lead.Place.StartS))
                for (var x = 10; x < box.Width - 10; x++)
                {
                    var column = box.X + x;
                    double own = drawn.Rows[lead.Place.Key][column - drawn.FirstColumn[lead.Place.Key]], theirs = drawn.Rows[other.Key][column - drawn.FirstColumn[other.Key]];
                    var y = (int)theirs - box.Y;
                    if (Math.Abs(own - theirs) > 60 && y >= 0 && y < box.Height && lead.Binary.Pixels[(y * box.Width) + x] == 255)
                        foreign++;
                }
        }

        Assert.InRange(foreign, 0, 20);
    }

    [Fact]
    public void Gives_the_network_the_share_of_ink_in_150_by_150_fields()
    {
        var (page, layout) = Sample.Found(ReportPage.Draw().Pixels);
        var lead = LeadCutter.Cut(page, layout, TestContext.Current.CancellationToken)[1];
        var input = NetworkInput.FromBinary(lead);
        Assert.Equal((150, 150, 1), (input.Width, input.Height, input.Channels));
        Assert.Equal(lead.Binary.Pixels.Average(value => value), input.Pixels.Average(value => value), 0.5);
        Assert.Contains(input.Pixels, value => value is > 0 and < 255);
    }

    [Theory]
    [InlineData(1, 1, 1, 0.35)]
    [InlineData(2, 2, 1, 0.6)]
    [InlineData(3, 1, 0.5, 0.8)]
    [InlineData(4, 1, 1.6, 0.8)]
    public void Traces_every_lead_to_a_fraction_of_a_pixel(int seed, double gain, double factor, double medianRows)
    {
        var drawn = ReportPage.Draw(seed, gain: gain);
        var (page, layout) = Sample.Found(factor == 1 ? drawn.Pixels : PictureMaker.Resized(drawn.Pixels, factor));
        foreach (var trace in LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken))
        {
            Assert.InRange(trace.Coverage, 0.95, 1);
            Assert.Equal(trace.Place.Box.Width, trace.Row.Length);
            var truth = drawn.Rows[trace.Place.Key];
            var errors = new List<double>();
            for (var x = 3; x < trace.Row.Length - 3; x++)
            {
                var column = ((trace.Place.Box.X + x + 0.5) / factor) - 0.5 - drawn.FirstColumn[trace.Place.Key];
                if (column < 0 || column > truth.Length - 2)
                    continue;
                var row = truth[(int)column] + ((truth[(int)column + 1] - truth[(int)column]) * (column - (int)column));
                errors.Add(Math.Abs((trace.Row[x] / factor) - row));
            }

            errors.Sort();
            Assert.True(errors[errors.Count / 2] < medianRows, $"{trace.Place.Key}: median {errors[errors.Count / 2]:0.00} rows");
            Assert.True(errors[(int)(errors.Count * 0.9)] < 8, $"{trace.Place.Key}: 90 % {errors[(int)(errors.Count * 0.9)]:0.00} rows");
        }
    }

    [Theory]
    [InlineData(0.5, 127)]
    [InlineData(0.4, 90)]
    [InlineData(0.6, 0)]
    public void Traces_faded_and_darkened_copies_like_the_page_itself(double contrast, double brightness)
    {
        var drawn = ReportPage.Draw(seed: 5);
        var copy = PictureMaker.Changed(drawn.Pixels, (from, to) => from.ConvertTo(to, OpenCvSharp.MatType.CV_8UC3, contrast, brightness));
        var (page, layout) = Sample.Found(drawn.Pixels);
        var (copied, copiedLayout) = Sample.Found(copy);
        foreach (var (own, other) in LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken).Zip(LeadTracer.Trace(copied, copiedLayout, TestContext.Current.CancellationToken)))
        {
            Assert.Equal(own.Place.Box.X, other.Place.Box.X);
            Assert.InRange(other.Coverage, own.Coverage - 0.03, 1);
            Assert.True(own.Row.Zip(other.Row, (a, b) => Math.Abs(a - b)).Order().ElementAt(own.Row.Length * 9 / 10) < 1.5, own.Place.Key);
        }
    }

    [Fact]
    public void Samples_traces_in_millivolts_that_obey_einthovens_law()
    {
        var (page, layout) = Sample.Found(Sample.Decoded("report-mi-0008.jpg").Pixels);
        var leads = LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken)
            .ToDictionary(trace => trace.Place.Key, trace => TraceSampler.Sample(trace, page, layout, 100));
        Assert.All(leads, lead => Assert.Equal(lead.Key == "rhythm" ? 1000 : 250, lead.Value.Length));
        Assert.InRange(leads["I"].Max(), 0.8, 2);
        double[] errors = [.. Enumerable.Range(0, 250).Select(n => leads["I"][n] + leads["III"][n] - leads["II"][n]).Select(e => Math.Abs((double)e)).Order()];
        Assert.InRange(errors[225], 0, 0.1);
        double[] same = [.. Enumerable.Range(0, 240).Select(n => Math.Abs((double)leads["III"][n] - leads["rhythm"][n])).Order()];
        Assert.InRange(same[216], 0, 0.05);
    }

    [Fact]
    public void Follows_boxes_that_a_person_gave()
    {
        var drawn = ReportPage.Draw(seed: 7);
        var (page, layout) = Sample.Found(drawn.Pixels);
        var byHand = new EcgImageWeb.Vision.Layout.PageLayout(layout.Name, "user", 1, false, layout.Leads, []) { Frame = layout.Frame, TimeZeroX = layout.TimeZeroX };
        foreach (var (found, given) in LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken).Zip(LeadTracer.Trace(page, byHand, TestContext.Current.CancellationToken)))
            Assert.True(found.Row.Zip(given.Row, (a, b) => Math.Abs(a - b)).Order().ElementAt(found.Row.Length * 9 / 10) < 0.5, found.Place.Key);
    }

    [Fact]
    public void Blanks_everything_but_the_traces()
    {
        var drawn = ReportPage.Draw(seed: 8);
        var (page, layout) = Sample.Found(drawn.Pixels);
        var blank = PageBlanker.KeepTraces(page, layout, TestContext.Current.CancellationToken);
        var near = new bool[2213 * 1572];
        foreach (var (key, rows) in drawn.Rows)
            for (var x = 0; x < rows.Length; x++)
                for (var y = (int)Math.Min(rows[x], rows[Math.Min(x + 1, rows.Length - 1)]) - 8; y <= Math.Max(rows[x], rows[Math.Max(x - 1, 0)]) + 8; y++)
                    for (var dx = -8; dx <= 8; dx++)
                        near[(y * 2213) + Math.Clamp(drawn.FirstColumn[key] + x + dx, 0, 2212)] = true;
        var elsewhere = 0;
        for (var i = 0; i < near.Length; i++)
            if (!near[i] && blank.Pixels.Pixels[3 * i] < 200)
                elsewhere++;
        Assert.InRange(elsewhere, 0, 150);

        // What the traces say is not changed by it.
        var again = LeadTracer.Trace(blank, layout with { }, TestContext.Current.CancellationToken);
        Assert.Equal(13, again.Count);
        Assert.InRange(blank.Pixels.Pixels.Count(value => value < 128) / 3, 20_000, 80_000);
    }
}
