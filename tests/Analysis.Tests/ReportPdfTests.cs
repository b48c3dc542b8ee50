using System.Text;
using EcgImageWeb.Analysis.Output;
using EcgImageWeb.Analysis.Report;
using EcgImageWeb.Signal.Measures;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Signals;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis.Tests;

public sealed class ReportPdfTests(Analyzed analyzed) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_report_is_made_from_the_folder_and_read_as_a_pdf_of_three_pages()
    {
        AnalysisFolder.Write(folder, analyzed.Page, Ct);
        AnalysisFolder.WriteReport(folder);

        var first = PageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, "report.pdf")), DecodeLimits.Default, Ct);

        Assert.Equal(("pdf", 3), (first.Format, first.Pages));
        // A4 across.
        Assert.Equal(297.0 / 210, (double)first.Pixels.Width / first.Pixels.Height, 0.01);
        Assert.Empty(Directory.GetFiles(folder, "*.part"));
        AnalysisFolder.Clear(folder);
        Assert.False(File.Exists(Path.Combine(folder, "report.pdf")));
    }

    [Fact]
    public void The_signals_of_the_report_read_from_its_page_are_the_signals()
    {
        AnalysisFolder.Write(folder, analyzed.Page, Ct);
        var table = LeadCsv.Read("signals.csv", File.ReadAllText(Path.Combine(folder, "signals.csv")));
        var pdf = ReportPdf.Write(analyzed.Page.Result, analyzed.Page.Page.Pixels, table);

        var page = PageUprighter.Upright(PageDecoder.Decode(pdf, DecodeLimits.Default, 2, Ct), Ct);
        var layout = LayoutFinder.Find(page, Ct);
        var read = SignalReader.Read(page, layout, LeadTracer.Trace(page, layout, Ct), 500, Ct);

        Assert.Equal("3x4+1", layout.Name);
        Assert.Equal((25, 10, "text"), (layout.MmPerS, layout.MmPerMv, layout.SpeedFrom));
        var comparison = DigitizationMeasure.ComparePage([.. table.Take(12)], [.. read.Leads.Select(lead => lead.Signal)]);
        Assert.InRange(comparison.SnrDb, 30, double.PositiveInfinity);
    }

    [Theory]
    [InlineData("Ärzte (1)\\2.jpg")]
    [InlineData("心电图.png")]
    [InlineData("a very long name without any space in it that does not fit into a line of the narrow column of this report.jpeg")]
    public void Whatever_a_file_is_called_the_report_is_a_sound_pdf(string name)
    {
        var result = analyzed.Page.Result with { Source = analyzed.Page.Result.Source with { File = name }, Warnings = [new("a", "V1", string.Join(' ', Enumerable.Repeat(name, 60)))] };

        var pdf = ReportPdf.Write(result, analyzed.Page.Page.Pixels, []);

        Assert.Equal(2, PageDecoder.Decode(pdf, DecodeLimits.Default, Ct).Pages);
        Assert.EndsWith("%%EOF\n", Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
    }
}
