using System.Diagnostics;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;

namespace Vision.Tests;

/// <summary>TIFF files that no scanner writes.</summary>
public sealed class TiffTests
{
    private const int Width = 256, Height = 257, Bits = 258, Compression = 259, Photometric = 262, Offsets = 273, Rows = 278, Counts = 279;

    [Fact]
    public void A_file_of_ten_thousand_pages_is_read_like_any_other()
    {
        var file = Tiff(10_000, page => page + 1);

        var first = Decode(file, 1);
        var last = Decode(file, 5_000);

        Assert.Equal((1, 16, 16), (first.Page, first.Pixels.Width, first.Pixels.Height));
        // Counted up to a thousand.
        Assert.Equal((1_000, 1_000), (first.Pages, last.Page));
    }

    [Fact]
    public void Pages_that_go_round_in_a_circle_are_counted_once()
    {
        Assert.Equal(3, Decode(Tiff(3, page => (page + 1) % 3), 1).Pages);
        Assert.Equal(1, Decode(Tiff(1, _ => 0), 4).Page);
    }

    [Fact]
    public void Refuses_a_later_page_of_ten_metres_before_it_is_decoded()
    {
        var file = Tiff(2, page => page + 1, changed: (1, Width, 4_000_000));

        Assert.Equal(16, Decode(file, 1).Pixels.Width);
        Assert.Equal(RefusalCode.TooManyPixels, Refused(file, 2));
    }

    [Theory]
    [InlineData(Offsets)]
    [InlineData(Counts)]
    [InlineData(Width)]
    public void A_field_that_claims_a_value_for_every_byte_costs_no_memory(int tag)
    {
        var file = new byte[40 << 20];
        var start = Tiff(1, _ => -1, size: file.Length, field: (tag, 39 << 20));
        start.CopyTo(file, 0);

        var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        Assert.Equal(RefusalCode.Damaged, Refused(file, 1));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Refuses_a_page_without_a_picture_and_a_strip_outside_the_file()
    {
        Assert.Equal(RefusalCode.Damaged, Refused(Tiff(1, _ => -1, changed: (0, Offsets, 1 << 30)), 1));
        Assert.Equal(RefusalCode.Damaged, Refused(Tiff(1, _ => -1, changed: (0, Height, 0)), 1));
        Assert.Equal(RefusalCode.Damaged, Refused("II*\0\0\0\0\0"u8.ToArray(), 1));
    }

    private static PageImage Decode(byte[] file, int page) => PageDecoder.Decode(file, DecodeLimits.Default, page, TestContext.Current.CancellationToken);

    private static string Refused(byte[] file, int page) => Assert.Throws<RefusalException>(() => Decode(file, page)).Code;

    /// <summary>Gray pages of 16 x 16 that share one strip.</summary>
    /// <param name="pages">How many.</param>
    /// <param name="next">The page after a page; none where there is no such page.</param>
    /// <param name="changed">A page's field that has another value.</param>
    /// <param name="size">Bytes of the file that this begins.</param>
    /// <param name="field">A field of the first page that has this many values of one byte each, from the file's ninth byte on.</param>
    private static byte[] Tiff(int pages, Func<int, int> next, (int Page, int Tag, uint Value)? changed = null, int size = 0, (int Tag, int Count)? field = null)
    {
        const int Strip = 256, Header = 8;
        (int Tag, uint Value)[] fields = [(Width, 16), (Height, 16), (Bits, 8), (Compression, 1), (Photometric, 1), (Offsets, Header), (Rows, 16), (Counts, Strip)];
        var length = 2 + (12 * fields.Length) + 4;
        uint At(int page) => (uint)(Header + Strip + (page * length));
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        writer.Write(At(0));
        writer.Write(new byte[Strip]);
        for (var page = 0; page < pages; page++)
        {
            writer.Write((ushort)fields.Length);
            foreach (var (tag, value) in fields)
            {
                var many = page == 0 && field?.Tag == tag;
                writer.Write((ushort)tag);
                writer.Write((ushort)(many ? 1 : 4));
                writer.Write(many ? (uint)field!.Value.Count : 1);
                writer.Write(many ? Header : changed is var (where, which, other) && (where, which) == (page, tag) ? other : value);
            }
            writer.Write(next(page) is var following && following >= 0 && following < pages ? At(following) : 0);
        }
        Assert.True(size == 0 || stream.Length < size);
        return stream.ToArray();
    }
}
