using System.Globalization;
using System.Text;
using EcgImageWeb.Vision.Decoding;

namespace EcgImageWeb.Vision.Tests;

public sealed class PdfTests
{
    private const double PtPerMm = 72 / 25.4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Renders_a_page_at_two_hundred_dots_an_inch_with_its_lines_where_its_pixels_are()
    {
        var page = Decode(Pdf(Pages: [Trace(297, 210)]));

        Assert.Equal(("pdf", 2339, 1654, 1, 1), (page.Format, page.Pixels.Width, page.Pixels.Height, page.Page, page.Pages));
        var vectors = page.Vectors!;
        Assert.Equal(200 / 25.4, vectors.PxPerMm, 9);
        var trace = vectors.Strokes.Single(stroke => stroke.Points.Count > 1000);
        // The trace was drawn 20 mm from the left, 100 mm from the top, in 0.1 mm steps; poppler paints where MuPDF says.
        Assert.Equal(20 * vectors.PxPerMm, trace.Points[0].X, 2);
        Assert.Equal(100 * vectors.PxPerMm, trace.Points[0].Y, 2);
        Assert.All(trace.Points.Where((_, index) => index % 100 == 0), point => Assert.True(Level(page.Pixels, point) < 128));
        var label = Assert.Single(vectors.Texts);
        Assert.Equal("aVR", label.Text);
        Assert.Equal((30 * vectors.PxPerMm, 80 * vectors.PxPerMm), (label.At.X, label.At.Y), new Near(0.1));
    }

    [Fact]
    public void A_page_that_is_turned_in_its_file_stands_upright_in_picture_and_lines()
    {
        var upright = Decode(Pdf(Pages: [Trace(297, 210)]));
        var turned = Decode(Pdf(Pages: [Trace(297, 210)], Rotate: 90));

        Assert.Equal((upright.Pixels.Height, upright.Pixels.Width), (turned.Pixels.Width, turned.Pixels.Height));
        var (was, now) = (upright.Vectors!.Strokes.MaxBy(s => s.Points.Count)!.Points[0], turned.Vectors!.Strokes.MaxBy(s => s.Points.Count)!.Points[0]);
        // Clockwise by 90 degrees: what was left is above.
        Assert.Equal((210 * upright.Vectors.PxPerMm) - was.Y, now.X, 0.5);
        Assert.Equal(was.X, now.Y, 0.5);
    }

    [Fact]
    public void Paths_that_go_on_where_the_last_one_ended_are_one_stroke()
    {
        var content = new StringBuilder();
        for (var i = 0; i < 1500; i++)
            content.Append(CultureInfo.InvariantCulture, $"{50 + (i * 0.3):0.###} {300 + (i % 7)} m {50 + ((i + 1) * 0.3):0.###} {300 + ((i + 1) % 7)} l S\n");

        var stroke = Assert.Single(Decode(Pdf(Pages: [(297, 210, content.ToString())])).Vectors!.Strokes);

        Assert.Equal(1501, stroke.Points.Count);
    }

    [Fact]
    public void A_scan_in_a_pdf_has_no_lines_and_is_rendered_finer()
    {
        var page = Decode(Pdf(Pages: [(297, 210, "0.5 g 100 100 200 100 re f")]));

        Assert.Null(page.Vectors);
        Assert.Equal(3508, page.Pixels.Width);
    }

    [Fact]
    public void Reads_the_page_that_is_asked_for_and_says_how_many_there_are()
    {
        var file = Pdf(Pages: [(100, 100, ""), (200, 100, ""), (300, 100, "")]);

        var (first, third) = (Decode(file), PageDecoder.Decode(file, DecodeLimits.Default, 3, Ct));

        Assert.Equal((1, 3, 3), (first.Page, first.Pages, third.Page));
        Assert.Equal(3.0, third.Pixels.Width / (double)first.Pixels.Width, 2);
        Assert.Equal("first-page-only", Assert.Single(first.Notes).Code);
        Assert.Equal("page-of-several", Assert.Single(third.Notes).Code);
        Assert.Equal(3, PageDecoder.Decode(file, DecodeLimits.Default, 99, Ct).Page);
    }

    [Fact]
    public void A_file_of_ten_thousand_pages_is_read_like_any_other()
    {
        var page = Decode(Pdf(Pages: [.. Enumerable.Repeat((100.0, 100.0, ""), 10_000)]));

        Assert.Equal(10_000, page.Pages);
    }

    [Fact]
    public void Refuses_a_page_of_ten_metres() =>
        Assert.Equal(RefusalCode.TooManyPixels, Refused(Pdf(Pages: [(10_000, 10_000, "")])).Code);

    [Fact]
    public void Refuses_a_protected_file_and_says_what_to_do()
    {
        var refusal = Refused(Pdf(Pages: [(100, 100, "")], Encrypted: true));

        Assert.Equal(RefusalCode.Unsupported, refusal.Code);
        Assert.Contains("password", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%PDF-1.7 and so on")]
    [InlineData("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF")]
    public void Refuses_a_damaged_file(string text) => Assert.Equal(RefusalCode.Damaged, Refused(Encoding.Latin1.GetBytes(text)).Code);

    [Fact]
    public void A_file_cut_in_the_middle_is_refused_or_drawn_but_never_breaks_the_reader()
    {
        var whole = Pdf(Pages: [Trace(297, 210)]);
        foreach (var share in (double[])[0.1, 0.5, 0.9])
        {
            try
            {
                Decode(whole[..(int)(whole.Length * share)]);
            }
            catch (RefusalException refusal)
            {
                Assert.Equal(RefusalCode.Damaged, refusal.Code);
            }
        }
    }

    [Fact]
    public void Words_in_a_font_that_the_file_does_not_hold_are_still_words()
    {
        var page = Decode(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Pdf(Pages: [Trace(297, 210)])).Replace("/BaseFont /Helvetica", "/BaseFont /Nowhere00", StringComparison.Ordinal)));

        Assert.Equal("aVR", Assert.Single(page.Vectors!.Texts).Text);
    }

    [Fact]
    public void A_pdf_without_an_ecg_is_refused_as_such()
    {
        var letter = new StringBuilder();
        for (var line = 0; line < 30; line++)
            letter.Append(CultureInfo.InvariantCulture, $"BT /F 11 Tf 60 {760 - (line * 20)} Td (Dear colleague, thank you for sending this patient to our clinic.) Tj ET\n");
        var image = Decode(Pdf(Pages: [(210, 297, letter.ToString())]));

        var refusal = Assert.Throws<RefusalException>(() => Layout.PageLocator.Locate(image, Geometry.PageUprighter.Upright(image, Ct), Ct));
        Assert.Contains(refusal.Code, (string[])[RefusalCode.NotAnEcg, RefusalCode.NoLayout]);
    }

    [Fact]
    public void Leaves_no_file_behind()
    {
        int Left() => Directory.GetFiles(Path.GetTempPath(), "ecg-*.pdf").Length;
        var before = Left();
        Decode(Pdf(Pages: [(100, 100, "")]));
        Refused("%PDF-1.7 and so on"u8.ToArray());

        Assert.True(Left() <= before);
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => PageDecoder.Decode(Pdf(Pages: [(100, 100, "")]), DecodeLimits.Default, stop.Token));
    }

    private static PageImage Decode(byte[] file) => PageDecoder.Decode(file, DecodeLimits.Default, Ct);

    private static RefusalException Refused(byte[] file) => Assert.Throws<RefusalException>(() => Decode(file));

    private static byte Level(Raster pixels, PixelPoint at) => pixels.Pixels[(((int)at.Y * pixels.Width) + (int)at.X) * 3];

    /// <summary>A sheet with a wave of 1,500 points and a lead's name.</summary>
    private static (double WidthMm, double HeightMm, string Content) Trace(double widthMm, double heightMm)
    {
        string Point(double xMm, double yMm) => string.Create(CultureInfo.InvariantCulture, $"{xMm * PtPerMm:0.####} {(heightMm - yMm) * PtPerMm:0.####}");
        var content = new StringBuilder("1 w\n").Append(Point(20, 100)).Append(" m\n");
        for (var i = 1; i < 1500; i++)
            content.Append(Point(20 + (i * 0.1), 100 + (5 * Math.Sin(i * 0.05)))).Append(" l\n");
        content.Append("S\nBT /F 10 Tf ").Append(Point(30, 80)).Append(" Td (aVR) Tj ET\n");
        return (widthMm, heightMm, content.ToString());
    }

    private static byte[] Pdf((double WidthMm, double HeightMm, string Content)[] Pages, int Rotate = 0, bool Encrypted = false)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        void Object(string body)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object($"<< /Type /Pages /Count {Pages.Length} /Kids [{string.Join(" ", Enumerable.Range(0, Pages.Length).Select(page => $"{4 + (2 * page)} 0 R"))}] >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        foreach (var (width, height, content) in Pages)
        {
            Object(string.Create(CultureInfo.InvariantCulture, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width * PtPerMm:0.####} {height * PtPerMm:0.####}] /Rotate {Rotate} /Contents {offsets.Count + 2} 0 R /Resources << /Font << /F 3 0 R >> >> >>"));
            Object($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }
        if (Encrypted)
            Object($"<< /Filter /Standard /V 1 /R 2 /O <{new string('3', 64)}> /U <{new string('5', 64)}> /P -44 >>");

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append(CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R{(Encrypted ? $" /Encrypt {offsets.Count} 0 R /ID [<00> <00>]" : "")} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private sealed class Near(double tolerance) : IEqualityComparer<(double X, double Y)>
    {
        public bool Equals((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) <= tolerance && Math.Abs(a.Y - b.Y) <= tolerance;

        public int GetHashCode((double X, double Y) value) => 0;
    }
}
