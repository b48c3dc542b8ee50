using System.Runtime.InteropServices;
using EcgImageWeb.Vision.Decoding.Pdf;
using OpenCvSharp;

namespace EcgImageWeb.Vision.Decoding;

/// <summary>The first stage: bytes of a file to pixels, identified and checked before anything is decoded.</summary>
public static class PageDecoder
{
    /// <summary>Reads the size, depth and number of pages from a picture's header; no pixel is decoded. A PDF has no such header.</summary>
    /// <param name="bytes">The file.</param>
    /// <returns>What the header says; GIF frames are not counted here.</returns>
    /// <exception cref="RefusalException"><c>empty</c>, <c>not-an-image</c>, <c>unsupported</c>, <c>damaged</c>.</exception>
    public static ImageHeader Identify(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            throw new RefusalException(RefusalCode.Empty, "The file is empty. Was it uploaded completely?");
        if (JpegFile.Matches(bytes))
            return JpegFile.ReadHeader(bytes);
        if (PngFile.Matches(bytes))
            return PngFile.ReadHeader(bytes);
        if (WebPFile.Matches(bytes))
            return WebPFile.ReadHeader(bytes);
        if (TiffFile.Matches(bytes))
            return TiffFile.ReadHeader(bytes);
        if (GifFile.Matches(bytes))
            return GifFile.ReadHeader(bytes);
        if (BmpFile.Matches(bytes))
            return BmpFile.ReadHeader(bytes);
        throw ForeignFormat.Refusal(bytes);
    }

    /// <summary>
    /// Decodes the first page of a JPEG, PNG, WebP, TIFF, BMP, GIF or PDF to 8-bit BGR: any depth and interlacing, palettes,
    /// CMYK, alpha over white, EXIF orientation applied; a PDF page is rendered.
    /// </summary>
    /// <param name="bytes">The file; its content decides the format, not its name.</param>
    /// <param name="limits">Checked against the file's length and its header before decoding.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <returns>The page; <see cref="PageImage.Notes"/> has <c>first-page-only</c> and <c>orientation-applied</c> where they hold.</returns>
    /// <exception cref="RefusalException">
    /// <c>empty</c>, <c>too-large</c>, <c>too-many-pixels</c>, <c>not-an-image</c>, <c>damaged</c>, <c>unsupported</c>.
    /// </exception>
    public static PageImage Decode(ReadOnlyMemory<byte> bytes, DecodeLimits limits, CancellationToken cancellationToken = default) =>
        Decode(bytes, limits, 1, cancellationToken);

    /// <summary>Decodes a page of a file as the other overload does the first.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">Checked before decoding.</param>
    /// <param name="page">One-based page of a PDF or TIFF, the last one where there are fewer; of other files the first is read.</param>
    /// <param name="cancellationToken">Observed between the steps.</param>
    /// <exception cref="RefusalException">As the other overload.</exception>
    public static PageImage Decode(ReadOnlyMemory<byte> bytes, DecodeLimits limits, int page, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentNullException.ThrowIfNull(limits);
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes.Length > limits.MaxBytes)
            throw new RefusalException(RefusalCode.TooLarge, $"The file has {bytes.Length / 1e6:0.0} MB; at most {limits.MaxBytes / 1e6:0.#} MB are read. Please send a smaller picture of the page.");

        if (PdfFile.Matches(bytes.Span))
        {
            var rendered = PdfFile.Decode(bytes, page, limits, cancellationToken);
            return rendered with { Notes = [.. PageNote(rendered.Page, rendered.Pages)] };
        }
        var read = 1;
        if (page > 1 && TiffFile.Matches(bytes.Span))
            (bytes, read) = TiffFile.FromPage(bytes, page);
        var header = Identify(bytes.Span);
        CheckSize(header, limits);
        header = CheckComplete(bytes.Span, header, cancellationToken);

        var file = WholeArray(bytes);
        var stored = header.Format switch
        {
            "gif" => GifFile.FirstFrame(file),
            "webp" when header.Pages > 1 => FirstWebPFrame(file, header, limits),
            _ => DecodeStill(file),
        };
        cancellationToken.ThrowIfCancellationRequested();

        var pages = header.Pages + read - 1;
        var notes = PageNote(read, pages).ToList();
        // The engine turns TIFF pages itself while it decodes them.
        var orientation = header.Format == "tiff" ? 1 : ExifOrientation.Read(file);
        if (orientation != 1)
            notes.Add(new Note("orientation-applied", "The page was turned as the camera's orientation mark (EXIF) says."));
        return new PageImage(ExifOrientation.Apply(stored, orientation), header.Format, read, pages, notes) { PxPerMm = StoredResolution.Read(file) };
    }

    private static IEnumerable<Note> PageNote(int page, int pages) => pages == 1 ? [] :
    [
        page == 1
            ? new Note("first-page-only", $"The file holds {pages} pages or frames; the first one is read.")
            : new Note("page-of-several", $"The file holds {pages} pages; page {page} is read."),
    ];

    /// <summary>A note for a file whose ending says another format than its content, or null.</summary>
    /// <param name="fileName">Name as the person gave it.</param>
    /// <param name="format"><see cref="PageImage.Format"/>.</param>
    public static Note? EndingNote(string fileName, string format)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var said = Path.GetExtension(fileName).TrimStart('.').ToLowerInvariant() switch
        {
            "jpg" or "jpeg" or "jpe" or "jfif" => "jpeg",
            "png" or "apng" => "png",
            "webp" => "webp",
            "tif" or "tiff" => "tiff",
            "bmp" or "dib" => "bmp",
            "gif" => "gif",
            "pdf" => "pdf",
            _ => null,
        };
        return said is null || said == format
            ? null
            : new Note("ending-differs", $"The name ends like a {said} file, the content is {format}; it was read as {format}.");
    }

    private static void CheckSize(ImageHeader header, DecodeLimits limits)
    {
        if (header.Width * header.Height > limits.MaxPixels || Math.Max(header.Width, header.Height) > DecodeLimits.MaxSide)
            throw new RefusalException(
                RefusalCode.TooManyPixels,
                $"The picture claims {header.Width} x {header.Height} pixels; at most {limits.MaxPixels / 1e6:0.#} megapixels and {DecodeLimits.MaxSide} on a side are read. Please send it smaller.");
    }

    private static ImageHeader CheckComplete(ReadOnlySpan<byte> bytes, ImageHeader header, CancellationToken cancellationToken)
    {
        switch (header.Format)
        {
            case "jpeg": JpegFile.CheckComplete(bytes); break;
            case "png": PngFile.CheckComplete(bytes, header, cancellationToken); break;
            case "webp": WebPFile.CheckComplete(bytes); break;
            case "tiff": TiffFile.CheckComplete(bytes); break;
            case "bmp": BmpFile.CheckComplete(bytes, header); break;
            default: return header with { Pages = GifFile.CheckComplete(bytes) };
        }

        return header;
    }

    private static Raster FirstWebPFrame(byte[] file, ImageHeader header, DecodeLimits limits)
    {
        var (still, left, top) = WebPFile.FirstFrame(file);
        CheckSize(Identify(still), limits);
        var frame = DecodeStill(still);
        if (left + frame.Width > header.Width || top + frame.Height > header.Height)
            throw ByteReader.Broken("WebP", "a frame is larger than its picture");

        var pixels = new byte[header.Width * header.Height * 3];
        Array.Fill(pixels, (byte)255);
        for (var y = 0; y < frame.Height; y++)
            Array.Copy(frame.Pixels, y * frame.Width * 3, pixels, ((top + y) * header.Width + left) * 3, frame.Width * 3);
        return new Raster((int)header.Width, (int)header.Height, 3, pixels);
    }

    internal static Raster DecodeStill(byte[] file)
    {
        try
        {
            // Unchanged keeps alpha and 16 bit, and leaves the orientation to us, so that it is applied exactly once.
            using var decoded = Cv2.ImDecode(file, ImreadModes.Unchanged);
            if (decoded.Empty())
                throw new RefusalException(RefusalCode.Damaged, "The picture in this file cannot be decoded. It is damaged or of a rare kind; please save it again as JPEG or PNG.");
            using var eightBit = ToEightBit(decoded);
            return ToBgrOverWhite(eightBit);
        }
        catch (OpenCVException exception)
        {
            throw new RefusalException(RefusalCode.Damaged, $"The picture in this file cannot be decoded ({exception.ErrMsg}). Please save it again as JPEG or PNG.");
        }
    }

    private static Mat ToEightBit(Mat decoded)
    {
        var depth = decoded.Depth();
        if (depth != MatType.CV_8U && depth != MatType.CV_16U)
            throw new RefusalException(RefusalCode.Unsupported, "The picture holds measured values of an unusual depth. Please save it as an ordinary 8 or 16 bit picture.");
        var eightBit = new Mat();
        decoded.ConvertTo(eightBit, MatType.CV_8U, depth == MatType.CV_16U ? 1 / 257.0 : 1);
        return eightBit;
    }

    private static Raster ToBgrOverWhite(Mat mat)
    {
        var from = RasterMat.Bytes(mat);
        var channels = mat.Channels();
        if (channels == 3)
            return new Raster(mat.Cols, mat.Rows, 3, from);

        var to = new byte[(long)mat.Cols * mat.Rows * 3];
        var colours = channels >= 3 ? 3 : 1;
        var hasAlpha = channels is 2 or 4;
        for (int i = 0, j = 0; i < from.Length; i += channels, j += 3)
        {
            int alpha = hasAlpha ? from[i + channels - 1] : 255;
            for (var c = 0; c < 3; c++)
                to[j + c] = (byte)(((from[i + (colours == 3 ? c : 0)] * alpha) + (255 * (255 - alpha)) + 127) / 255);
        }

        return new Raster(mat.Cols, mat.Rows, 3, to);
    }

    private static byte[] WholeArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Array!.Length == bytes.Length
            ? segment.Array
            : bytes.ToArray();
}
