using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Signal.Tests.Records;

public class SampleFormatTests
{
    // Bytes and values worked out by hand from the bit layouts in signal(5).
    public static TheoryData<int, byte[], int[]> ByHand => new()
    {
        { 8, [1, 0xFF, 127], [1, -1, 127] },
        { 80, [0x80, 0x00, 0xFF], [0, -128, 127] },
        { 16, [0x34, 0x12, 0xFF, 0xFF], [0x1234, -1] },
        { 61, [0x12, 0x34, 0xFF, 0xFF], [0x1234, -1] },
        { 160, [0x00, 0x80, 0x00, 0x00, 0xFF, 0xFF], [0, -32768, 32767] },
        { 24, [0x56, 0x34, 0x12, 0xFF, 0xFF, 0xFF], [0x123456, -1] },
        { 32, [0x78, 0x56, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF], [0x12345678, -2] },
        { 212, [0xE3, 0x33, 0xF3], [0x3E3, 0x3F3] },
        { 212, [0xFF, 0x8F, 0x00, 0x01, 0x02], [-1, -2048, 0x201] },
        { 310, [0x02, 0x08, 0xFE, 0x0F], [1, -1, 1 + 32] },
        { 310, [0xFE, 0xFB, 0x00, 0xF8], [511, 0, -1] },
        { 311, [0x01, 0xFC, 0x1F, 0x20], [1, -1, -511] },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Reads_values_worked_out_by_hand(int format, byte[] bytes, int[] expected)
    {
        Assert.Equal(expected.Length, SampleFormat.SamplesIn(format, bytes.Length));
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(i => SampleFormat.Read(format, bytes, i)));
    }

    [Theory]
    [InlineData(16), InlineData(24), InlineData(32), InlineData(61), InlineData(80), InlineData(160), InlineData(212), InlineData(310), InlineData(311)]
    public void Packs_and_unpacks_every_length_and_the_whole_range(int format)
    {
        var lowest = SampleFormat.Missing(format)!.Value;
        var random = new Random(1);
        for (var length = 1; length < 40; length++)
        {
            var samples = Enumerable.Range(0, length).Select(_ => (int)random.NextInt64(lowest, -(long)lowest)).ToArray();
            (samples[0], samples[^1]) = (lowest, -(lowest + 1));
            var bytes = SampleFormat.Pack(format, samples);
            Assert.Equal(SampleFormat.BytesFor(format, length), bytes.Length);
            Assert.True(SampleFormat.SamplesIn(format, bytes.Length) >= length);
            Assert.True(SampleFormat.SamplesIn(format, bytes.Length - 1) < length);
            Assert.Equal(samples, Enumerable.Range(0, length).Select(i => SampleFormat.Read(format, bytes, i)));
        }
    }
}
