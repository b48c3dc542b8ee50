using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using EcgImageWeb.Vision;
using OpenCvSharp;

namespace Vision.Tests;

/// <summary>Files with chosen flaws, and changed pictures.</summary>
internal static class PictureMaker
{
    /// <summary>A PNG that claims any size and holds the rows it is given room for.</summary>
    public static byte[] Png(uint width, uint height, byte[] rows, byte colourType = 0)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colourType;
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(rows);
        Chunk(file, "IDAT", packed.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A JPEG with an EXIF segment that holds nothing but the orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    public static Raster Changed(Raster picture, Action<Mat, Mat> change)
    {
        using var from = new Mat(picture.Height, picture.Width, picture.Channels == 1 ? MatType.CV_8UC1 : MatType.CV_8UC3);
        Marshal.Copy(picture.Pixels, 0, from.Data, picture.Pixels.Length);
        using var to = new Mat();
        change(from, to);
        var pixels = new byte[to.Rows * to.Cols * to.Channels()];
        Marshal.Copy(to.Data, pixels, 0, pixels.Length);
        return new Raster(to.Cols, to.Rows, to.Channels(), pixels);
    }

    public static Raster Resized(Raster picture, double factor) => Changed(picture, (from, to) =>
        Cv2.Resize(from, to, new Size((int)Math.Round(from.Cols * factor), (int)Math.Round(from.Rows * factor)), 0, 0, factor < 1 ? InterpolationFlags.Area : InterpolationFlags.Cubic));

    public static Raster Cropped(Raster picture, int x, int y, int width, int height)
    {
        var pixels = new byte[width * height * picture.Channels];
        for (var row = 0; row < height; row++)
            Array.Copy(picture.Pixels, (((y + row) * picture.Width) + x) * picture.Channels, pixels, row * width * picture.Channels, width * picture.Channels);
        return new Raster(width, height, picture.Channels, pixels);
    }

    public static Raster Blank(int width, int height, byte level = 255)
    {
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, level);
        return new Raster(width, height, 3, pixels);
    }

    private static void Chunk(MemoryStream file, string type, byte[] body)
    {
        byte[] typed = [.. System.Text.Encoding.ASCII.GetBytes(type), .. body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(typed);
        var crc = 0xFFFFFFFFu;
        foreach (var b in typed)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }
}
