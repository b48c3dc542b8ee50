using System.Diagnostics;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Leads;
using EcgImageWeb.Vision.Tracing;

namespace Vision.Tests;

/// <summary>Pages that lie beside the repository on a developer's machine; skipped where they do not.</summary>
public class RealPageTests
{
    [Fact]
    public void Every_fifteenth_report_page_is_read_and_loses_no_trace()
    {
        var folder = Data("ecg-report-images");
        var coverage = new List<BoxCoverage>();
        foreach (var row in File.ReadLines(Path.Combine(folder, "splits.csv")).Skip(1).Where((_, i) => i % 15 == 0).Select(line => line.Split(',')))
        {
            var page = PageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, row[3])), DecodeLimits.Default, TestContext.Current.CancellationToken);
            var layout = Sample.Found(page.Pixels).Layout;
            Assert.True(layout is { Name: "3x4+1", From: "frame" }, row[0]);
            Assert.Equal((row[0], row[7]), (row[0], layout.Leads[^1].Name));
            coverage.Add(BoxCoverage.Measure(layout));
        }

        Assert.InRange(coverage.Count, 20, 100);
        Assert.InRange(BoxCoverage.Sum(coverage).ShareOutsideOwnBox, 0, 0.005);
    }

    [Fact]
    public void Clean_pages_of_other_looks_are_read_and_photographs_are_made_flat_and_read()
    {
        var folder = Data("digitization");
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "renders-ludb"), "*.png").Order().Take(6))
        {
            var page = PageDecoder.Decode(File.ReadAllBytes(file), DecodeLimits.Default, TestContext.Current.CancellationToken);
            var (upright, layout) = Sample.Found(page.Pixels);
            Assert.Equal((7.752, 7.442), (Math.Round(upright.PxPerMmX, 3), Math.Round(upright.PxPerMmY, 3)), new Near(0.001));
            Assert.Equal(("3x4+1", "traces", "II"), (layout.Name, layout.From, layout.Leads[^1].Name));
        }

        foreach (var (name, format) in new[] { ("photos-synth/synth12.jpg", "3x4+3"), ("photos-synth/synth25.jpg", "3x4+1") })
        {
            var page = PageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, name)), DecodeLimits.Default, TestContext.Current.CancellationToken);
            var (upright, layout) = Sample.Found(page.Pixels);
            Assert.Contains(upright.Notes, note => note.Code == "page-flattened");
            Assert.Equal(format, layout.Name);
        }
    }

    // Five columns, of which the first two have the usual names.
    [Fact]
    public void A_page_whose_other_half_shows_other_leads_is_refused()
    {
        var page = PageDecoder.Decode(File.ReadAllBytes(Path.Combine(Data("digitization"), "wild", "wild12.jpg")), DecodeLimits.Default, TestContext.Current.CancellationToken);
        var upright = PageUprighter.Upright(page, TestContext.Current.CancellationToken);
        var refused = Assert.Throws<RefusalException>(() => PageLocator.Locate(page, upright, TestContext.Current.CancellationToken));
        Assert.Equal(RefusalCode.NoLayout, refused.Code);
    }

    [Fact]
    public void The_grid_of_a_drawn_pdf_is_as_its_sheet_says()
    {
        var files = Directory.GetFiles(Path.Combine(Data("digitization"), "pdf"), "tizer*.pdf");
        Assert.NotEmpty(files);
        foreach (var file in files.Order())
        {
            var page = PageUprighter.Upright(PageDecoder.Decode(File.ReadAllBytes(file), DecodeLimits.Default, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            Assert.Equal("grid", page.ScaleFrom);
            Assert.Equal((page.Vectors!.PxPerMm, page.Vectors.PxPerMm), (page.PxPerMmX, page.PxPerMmY));
        }
    }

    [Fact]
    public void A_report_goes_through_all_stages_within_the_time_it_is_given()
    {
        var file = Sample.Bytes("report-mi-0008.jpg");
        var best = Enumerable.Range(0, 6).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            var page = PageUprighter.Upright(PageDecoder.Decode(file, DecodeLimits.Default, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var layout = LayoutFinder.Find(page, TestContext.Current.CancellationToken);
            foreach (var lead in LeadCutter.Cut(page, layout, TestContext.Current.CancellationToken))
                NetworkInput.FromBinary(lead);
            LeadTracer.Trace(page, layout, TestContext.Current.CancellationToken);
            return watch.ElapsedMilliseconds;
        });
        // 150 ms in a release build on two idle cores; the room is for busy machines and debug builds.
        Assert.InRange(best, 0, 2500);
    }

    private static string Data(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(data))
                return data;
        }

        Assert.Skip($"../shared/data/{name} is not here");
        return "";
    }

    private sealed class Near(double tolerance) : IEqualityComparer<(double X, double Y)>
    {
        public bool Equals((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance;

        public int GetHashCode((double X, double Y) value) => 0;
    }
}
