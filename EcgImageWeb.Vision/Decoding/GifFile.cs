namespace EcgImageWeb.Vision.Decoding;

/// <summary>GIF 87a and 89a: blocks, and the first frame's pixels (the engine does not read GIF).</summary>
internal static class GifFile
{
    private const string Name = "GIF";

    private const byte Extension = 0x21, ImageBlock = 0x2C, Trailer = 0x3B, GraphicControl = 0xF9;

    public static bool Matches(ReadOnlySpan<byte> bytes) => bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8);

    /// <summary>Reads the size of the screen; the number of frames as far as the file goes.</summary>
    /// <exception cref="RefusalException"><c>damaged</c>.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> bytes)
    {
        long width = ByteReader.U16Le(bytes, 6, Name), height = ByteReader.U16Le(bytes, 8, Name);
        if (width == 0 || height == 0)
            throw ByteReader.Broken(Name, "its size is missing");
        return new ImageHeader("gif", width, height, 1, 8);
    }

    /// <summary>Walks all blocks to the trailer and returns the number of frames.</summary>
    public static int CheckComplete(ReadOnlySpan<byte> bytes)
    {
        var frames = 0;
        var at = AfterScreen(bytes);
        while (true)
        {
            switch (ByteReader.U8(bytes, at, Name))
            {
                case Trailer:
                    return frames > 0 ? frames : throw ByteReader.Broken(Name, "it has no picture data");
                case Extension:
                    at = AfterSubBlocks(bytes, at + 2);
                    break;
                case ImageBlock:
                    frames++;
                    at = AfterSubBlocks(bytes, at + 10 + TableLength(ByteReader.U8(bytes, at + 9, Name)) + 1);
                    break;
                default:
                    throw ByteReader.Broken(Name, "an unknown block was found");
            }
        }
    }

    /// <summary>The first frame on a white screen, transparent pixels white.</summary>
    public static Raster FirstFrame(ReadOnlySpan<byte> bytes)
    {
        int screenWidth = ByteReader.U16Le(bytes, 6, Name), screenHeight = ByteReader.U16Le(bytes, 8, Name);
        var pixels = new byte[screenWidth * screenHeight * 3];
        Array.Fill(pixels, (byte)255);

        var transparent = -1;
        var at = AfterScreen(bytes);
        while (ByteReader.U8(bytes, at, Name) == Extension)
        {
            if (bytes[(int)at + 1] == GraphicControl && (ByteReader.U8(bytes, at + 3, Name) & 1) != 0)
                transparent = ByteReader.U8(bytes, at + 6, Name);
            at = AfterSubBlocks(bytes, at + 2);
        }

        int left = ByteReader.U16Le(bytes, at + 1, Name), top = ByteReader.U16Le(bytes, at + 3, Name);
        int width = ByteReader.U16Le(bytes, at + 5, Name), height = ByteReader.U16Le(bytes, at + 7, Name);
        var flags = ByteReader.U8(bytes, at + 9, Name);
        var local = TableLength(flags);
        var palette = local > 0
            ? ByteReader.Slice(bytes, at + 10, local, Name)
            : ByteReader.Slice(bytes, 13, TableLength(bytes[10]), Name);
        if (left + width > screenWidth || top + height > screenHeight)
            throw ByteReader.Broken(Name, "a frame is larger than its picture");

        var indices = Unpack(bytes, at + 10 + local, width * height);
        var interlaced = (flags & 0x40) != 0;
        for (var row = 0; row < height; row++)
        {
            var y = top + (interlaced ? InterlacedRow(row, height) : row);
            for (var x = 0; x < width; x++)
            {
                int index = indices[(row * width) + x];
                if (index == transparent || (index * 3) + 2 >= palette.Length)
                    continue;
                var to = ((y * screenWidth) + left + x) * 3;
                pixels[to] = palette[(index * 3) + 2];
                pixels[to + 1] = palette[(index * 3) + 1];
                pixels[to + 2] = palette[index * 3];
            }
        }

        return new Raster(screenWidth, screenHeight, 3, pixels);
    }

    /// <summary>LZW of variable code width, GIF89a appendix F.</summary>
    private static byte[] Unpack(ReadOnlySpan<byte> bytes, long at, int count)
    {
        int minimum = ByteReader.U8(bytes, at, Name);
        if (minimum is < 2 or > 8)
            throw ByteReader.Broken(Name, "its picture data cannot be unpacked");
        at++;

        int clear = 1 << minimum, end = clear + 1, next = end + 1, width = minimum + 1, previous = -1;
        Span<short> prefix = stackalloc short[4096];
        Span<byte> suffix = stackalloc byte[4096], first = stackalloc byte[4096], stack = stackalloc byte[4097];
        for (var i = 0; i < clear; i++)
            suffix[i] = first[i] = (byte)i;

        var output = new byte[count];
        int done = 0, bits = 0, bitCount = 0, blockLeft = 0;
        while (done < count)
        {
            while (bitCount < width)
            {
                if (blockLeft == 0 && (blockLeft = ByteReader.U8(bytes, at++, Name)) == 0)
                    throw ByteReader.Truncated(Name);
                bits |= ByteReader.U8(bytes, at++, Name) << bitCount;
                blockLeft--;
                bitCount += 8;
            }

            var code = bits & ((1 << width) - 1);
            bits >>= width;
            bitCount -= width;

            if (code == end)
                throw ByteReader.Truncated(Name);
            if (code == clear)
            {
                (next, width, previous) = (end + 1, minimum + 1, -1);
                continue;
            }

            if (code > next || (code == next && previous < 0) || (previous < 0 && code >= clear))
                throw ByteReader.Broken(Name, "its picture data cannot be unpacked");
            if (previous >= 0 && next < 4096)
            {
                prefix[next] = (short)previous;
                first[next] = first[previous];
                suffix[next] = code == next ? first[previous] : first[code];
                next++;
                if (next == 1 << width && width < 12)
                    width++;
            }
            else if (code >= next)
            {
                throw ByteReader.Broken(Name, "its picture data cannot be unpacked");
            }

            var depth = 0;
            var symbol = code;
            for (; symbol > end; symbol = prefix[symbol])
                stack[depth++] = suffix[symbol];
            stack[depth++] = (byte)symbol;
            while (depth > 0 && done < count)
                output[done++] = stack[--depth];
            previous = code;
        }

        return output;
    }

    // Four passes: every 8th row from 0, every 8th from 4, every 4th from 2, every 2nd from 1.
    private static int InterlacedRow(int row, int height)
    {
        ReadOnlySpan<(int Start, int Step)> passes = [(0, 8), (4, 8), (2, 4), (1, 2)];
        foreach (var (start, step) in passes)
        {
            var rows = (height - start + step - 1) / step;
            if (row < rows)
                return start + (row * step);
            row -= Math.Max(0, rows);
        }

        return height - 1;
    }

    private static long AfterScreen(ReadOnlySpan<byte> bytes) => 13 + TableLength(ByteReader.U8(bytes, 10, Name));

    private static int TableLength(byte flags) => (flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0;

    private static long AfterSubBlocks(ReadOnlySpan<byte> bytes, long at)
    {
        int length;
        while ((length = ByteReader.U8(bytes, at, Name)) != 0)
            at += 1 + length;
        return at + 1;
    }
}
