using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcgImageWeb.Vision.Decoding.Pdf;

/// <summary>
/// Pages of a PDF: a picture by poppler's <c>pdftoppm</c>, and the lines and words by <c>mutool trace</c>. Both run as processes of their own with
/// limits, since nothing about a stranger's PDF is sure.
/// </summary>
internal static partial class PdfFile
{
    /// <summary>The reports' own resolution: 7.87 px/mm. A page without lines is a scan, which is rendered finer.</summary>
    private const int VectorDpi = 200, ScanDpi = 300;

    /// <summary>A page that must be rendered coarser than this to fit is not readable any more.</summary>
    private const int LeastDpi = 100;

    /// <summary>Pixels of a rendered page at most: A3 at 300 dpi has 17 million.</summary>
    private const double MostPixels = 25e6;

    /// <summary>Fewer points than this in all lines of a page are frames and rules.</summary>
    private const int LeastVectorPoints = 1000;

    private const long MostTraceBytes = 200_000_000;

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0;

    /// <summary>Renders a page.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="page">One-based; the last one where there are fewer.</param>
    /// <param name="limits">The rendered page keeps to its pixels.</param>
    /// <param name="cancellationToken">Kills the processes.</param>
    /// <exception cref="RefusalException"><c>damaged</c>, <c>unsupported</c> (protected, programs missing), <c>too-many-pixels</c>.</exception>
    public static PageImage Decode(ReadOnlyMemory<byte> bytes, int page, DecodeLimits limits, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecg-{Guid.NewGuid():N}.pdf");
        try
        {
            using (var stream = new FileStream(file, Options()))
                stream.Write(bytes.Span);
            var pages = Pages(file, cancellationToken);
            page = Math.Min(page, pages);
            var (widthPt, heightPt) = SizeOf(file, page, cancellationToken);
            var most = Math.Min(MostPixels, limits.MaxPixels);
            var fitting = (int)Math.Floor(Math.Min(72 * Math.Sqrt(most / (widthPt * heightPt)), 72 * DecodeLimits.MaxSide / Math.Max(widthPt, heightPt)));
            if (fitting < LeastDpi)
                throw new RefusalException(
                    RefusalCode.TooManyPixels,
                    string.Create(CultureInfo.InvariantCulture, $"The PDF's page is {widthPt / 72 * 2.54:0} x {heightPt / 72 * 2.54:0} cm; an ECG page of at most {Math.Sqrt(most) / LeastDpi * 2.54:0} cm can be read."));

            var dpi = Math.Min(VectorDpi, fitting);
            var vectors = Vectors(file, page, dpi, cancellationToken);
            if (vectors is null)
                dpi = Math.Min(ScanDpi, fitting);
            var picture = Picture(file, page, dpi, cancellationToken);
            return new PageImage(picture, "pdf", page, pages, []) { Vectors = vectors, PxPerMm = dpi / 25.4 };
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static int Pages(string file, CancellationToken cancellationToken) =>
        int.TryParse(PageCount().Match(Info(file, [], cancellationToken)).Groups[1].ValueSpan, out var pages) && pages > 0
            ? pages
            : throw new RefusalException(RefusalCode.Damaged, "This PDF has no page.");

    /// <summary>Width and height of a page as it is shown, points of 1/72 inch.</summary>
    private static (double Width, double Height) SizeOf(string file, int page, CancellationToken cancellationToken)
    {
        var info = Info(file, ["-f", $"{page}", "-l", $"{page}"], cancellationToken);
        var size = PageSize().Match(info);
        if (!size.Success)
            throw new RefusalException(RefusalCode.Damaged, $"Page {page} of this PDF has no size.");
        double width = double.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), height = double.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture);
        if (!(width > 0 && height > 0))
            throw new RefusalException(RefusalCode.Damaged, $"Page {page} of this PDF has no size.");
        return PageTurn().Match(info).Groups[1].Value is "90" or "270" ? (height, width) : (width, height);
    }

    private static string Info(string file, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        const long MostInfo = 1_000_000;
        if (LimitedProcess.Run("pdfinfo", [.. arguments, file], MostInfo, cancellationToken) is not { } told)
            throw TooSlow();
        if (told.Error.Contains("Incorrect password", StringComparison.Ordinal))
            throw new RefusalException(RefusalCode.Unsupported, "This PDF is protected by a password. Please save it without one.");
        return told.ExitCode == 0 ? Encoding.UTF8.GetString(told.Output) : throw Broken();
    }

    private static PageVectors? Vectors(string file, int page, int dpi, CancellationToken cancellationToken)
    {
        var traced = LimitedProcess.Run("mutool", ["trace", file, $"{page}"], MostTraceBytes, cancellationToken);
        if (traced is not { ExitCode: 0 } || VectorReader.Read(traced.Value.Output, dpi, cancellationToken) is not { } vectors)
            return null;
        return vectors.Strokes.Sum(stroke => stroke.Points.Count) >= LeastVectorPoints ? vectors : null;
    }

    private static Raster Picture(string file, int page, int dpi, CancellationToken cancellationToken)
    {
        const long HeaderBytes = 100;
        var rendered = LimitedProcess.Run(
            "pdftoppm", ["-cropbox", "-r", $"{dpi}", "-f", $"{page}", "-l", $"{page}", file], ((long)MostPixels * 3 * 11 / 10) + HeaderBytes, cancellationToken);
        if (rendered is null)
            throw TooSlow();
        return rendered is { ExitCode: 0, Output.Length: > 0 } picture ? PageDecoder.DecodeStill(picture.Output) : throw Broken();
    }

    private static RefusalException TooSlow() => new(RefusalCode.Damaged, "This PDF cannot be drawn in reasonable time. Please send the page as PNG or JPEG.");

    private static RefusalException Broken() => new(RefusalCode.Damaged, "This PDF is damaged and its page cannot be drawn. Please save it again, or send the page as PNG or JPEG.");

    [GeneratedRegex(@"^Pages:\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex PageCount();

    [GeneratedRegex(@"^Page\s+\d+ size:\s+([\d.eE+-]+) x ([\d.eE+-]+) pts", RegexOptions.Multiline)]
    private static partial Regex PageSize();

    [GeneratedRegex(@"^Page\s+\d+ rot:\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex PageTurn();
}
