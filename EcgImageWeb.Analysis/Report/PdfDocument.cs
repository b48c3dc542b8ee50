using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EcgImageWeb.Analysis.Report;

/// <summary>
/// A PDF 1.4 file (ISO 32000-1): pages in millimetres, lines, JPEG pictures, and text in the two Helveticas that every reader has,
/// which is why none is embedded.
/// </summary>
internal sealed class PdfDocument
{
    private readonly List<PdfPage> pages = [];
    private readonly List<(byte[] Jpeg, int Width, int Height)> pictures = [];

    /// <summary>A new page after the others.</summary>
    public PdfPage AddPage(double widthMm, double heightMm)
    {
        var page = new PdfPage(widthMm, heightMm);
        pages.Add(page);
        return page;
    }

    /// <summary>Takes a colour JPEG along; pages draw it by the number that is returned.</summary>
    public int AddPicture(byte[] jpeg, int width, int height)
    {
        pictures.Add((jpeg, width, height));
        return pictures.Count - 1;
    }

    /// <summary>The file.</summary>
    /// <param name="title">Its title.</param>
    public byte[] ToBytes(string title)
    {
        using var file = new MemoryStream();
        var offsets = new List<long>();
        Raw("%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n");
        // 1 catalogue, 2 pages, 3 and 4 fonts, 5 information, then pictures, then a page and its content by turns.
        int firstPicture = 6, firstPage = firstPicture + pictures.Count;
        Object("<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        Object($"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{firstPage + (2 * i)} 0 R"))}] >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        Object($"<< /Title ({PdfText.Escaped(title)}) /Producer (EcgImageWeb) >>");
        foreach (var (jpeg, width, height) in pictures)
            Stream($"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", jpeg);
        var names = string.Join(' ', pictures.Select((_, i) => $"/P{i} {firstPicture + i} 0 R"));
        foreach (var page in pages)
        {
            Object(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.WidthPt:0.###} {page.HeightPt:0.###}] /Resources << /Font << /F0 3 0 R /F1 4 0 R >> /XObject << {names} >> >> /Contents {offsets.Count + 2} 0 R >>"));
            Stream("/Filter /FlateDecode", Packed(page.Content));
        }

        var table = file.Position;
        Raw($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            Raw($"{offset:D10} 00000 n \n");
        Raw($"trailer\n<< /Size {offsets.Count + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Raw(string text) => file.Write(Encoding.Latin1.GetBytes(text));

        void Object(string body)
        {
            offsets.Add(file.Position);
            Raw($"{offsets.Count} 0 obj\n{body}\nendobj\n");
        }

        void Stream(string entries, byte[] content)
        {
            offsets.Add(file.Position);
            Raw($"{offsets.Count} 0 obj\n<< {entries} /Length {content.Length} >>\nstream\n");
            file.Write(content);
            Raw("\nendstream\nendobj\n");
        }
    }

    private static byte[] Packed(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(Encoding.Latin1.GetBytes(content));
        return packed.ToArray();
    }
}
