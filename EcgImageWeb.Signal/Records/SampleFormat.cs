using System.Buffers.Binary;

namespace EcgImageWeb.Signal.Records;

/// <summary>The storage formats of signal(5) in the WFDB Applications Guide: packed bytes to ADC units and back.</summary>
public static class SampleFormat
{
    /// <summary>The formats that are read and sized here.</summary>
    public static IReadOnlyList<int> Known { get; } = [8, 16, 24, 32, 61, 80, 160, 212, 310, 311];

    /// <summary>Bytes that <paramref name="samples"/> samples take at least; a last incomplete group is not padded.</summary>
    public static long BytesFor(int format, long samples) => format switch
    {
        8 or 80 => samples,
        16 or 61 or 160 => samples * 2,
        24 => samples * 3,
        32 => samples * 4,
        212 => samples / 2 * 3 + samples % 2 * 2,
        310 => samples / 3 * 4 + samples % 3 * 2,
        311 => samples / 3 * 4 + (samples % 3 == 0 ? 0 : samples % 3 + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a WFDB storage format."),
    };

    /// <summary>Whole samples that <paramref name="bytes"/> bytes hold.</summary>
    public static long SamplesIn(int format, long bytes)
    {
        var (groupSamples, groupBytes) = format switch { 212 => (2, 3), 310 or 311 => (3, 4), _ => (1, (int)BytesFor(format, 1)) };
        var samples = bytes / groupBytes * groupSamples;
        while (BytesFor(format, samples + 1) <= bytes)
            samples++;
        return samples;
    }

    /// <summary>The ADC value that marks a missing sample: the lowest of the format; null for format 8, which has none.</summary>
    public static int? Missing(int format) => format switch
    {
        8 => null,
        80 => -128,
        310 or 311 => -512,
        212 => -2048,
        24 => -(1 << 23),
        32 => int.MinValue,
        _ => short.MinValue,
    };

    /// <summary>Sample number <paramref name="index"/> of packed data, in ADC units; for format 8 the difference to its predecessor.</summary>
    public static int Read(int format, ReadOnlySpan<byte> data, int index)
    {
        switch (format)
        {
            case 8:
                return (sbyte)data[index];
            case 80:
                return data[index] - 128;
            case 16:
                return BinaryPrimitives.ReadInt16LittleEndian(data[(2 * index)..]);
            case 61:
                return BinaryPrimitives.ReadInt16BigEndian(data[(2 * index)..]);
            case 160:
                return BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * index)..]) - 32768;
            case 24:
                var three = data.Slice(3 * index, 3);
                return three[0] | three[1] << 8 | (sbyte)three[2] << 16;
            case 32:
                return BinaryPrimitives.ReadInt32LittleEndian(data[(4 * index)..]);
            case 212:
                var pair = data[(index / 2 * 3)..];
                return index % 2 == 0
                    ? Signed(pair[0] | (pair[1] & 0x0F) << 8, 12)
                    : Signed(pair[2] | (pair[1] & 0xF0) << 4, 12);
            case 310:
                var words = data[(index / 3 * 4)..];
                return (index % 3) switch
                {
                    0 => Signed(words[0] >> 1 | (words[1] & 7) << 7, 10),
                    1 => Signed(words[2] >> 1 | (words[3] & 7) << 7, 10),
                    _ => Signed(words[1] >> 3 | (words[3] >> 3) << 5, 10),
                };
            case 311:
                var word = data[(index / 3 * 4)..];
                return (index % 3) switch
                {
                    0 => Signed(word[0] | (word[1] & 3) << 8, 10),
                    1 => Signed(word[1] >> 2 | (word[2] & 15) << 6, 10),
                    _ => Signed(word[2] >> 4 | (word[3] & 63) << 4, 10),
                };
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Not a WFDB storage format.");
        }
    }

    /// <summary>Packs ADC units; the opposite of <see cref="Read"/>.</summary>
    /// <param name="format">One of <see cref="Known"/>, but 8 (which stores differences and cannot hold every signal).</param>
    /// <param name="samples">Values in the range of the format.</param>
    public static byte[] Pack(int format, ReadOnlySpan<int> samples)
    {
        var data = new byte[BytesFor(format, samples.Length)];
        for (var i = 0; i < samples.Length; i++)
            Write(format, data, i, samples[i]);
        return data;
    }

    private static void Write(int format, Span<byte> data, int index, int value)
    {
        switch (format)
        {
            case 80:
                data[index] = (byte)(value + 128);
                break;
            case 16:
                BinaryPrimitives.WriteInt16LittleEndian(data[(2 * index)..], (short)value);
                break;
            case 61:
                BinaryPrimitives.WriteInt16BigEndian(data[(2 * index)..], (short)value);
                break;
            case 160:
                BinaryPrimitives.WriteUInt16LittleEndian(data[(2 * index)..], (ushort)(value + 32768));
                break;
            case 24:
                Put(data, 3 * index, value, 0xFF, 0);
                Put(data, 3 * index + 1, value >> 8, 0xFF, 0);
                Put(data, 3 * index + 2, value >> 16, 0xFF, 0);
                break;
            case 32:
                BinaryPrimitives.WriteInt32LittleEndian(data[(4 * index)..], value);
                break;
            case 212:
                var pair = index / 2 * 3;
                Put(data, pair + (index % 2 == 0 ? 0 : 2), value, 0xFF, 0);
                Put(data, pair + 1, value >> 8, 0x0F, index % 2 * 4);
                break;
            case 310:
                var at = index / 3 * 4;
                if (index % 3 < 2)
                {
                    Put(data, at + 2 * (index % 3), value, 0x7F, 1);
                    Put(data, at + 2 * (index % 3) + 1, value >> 7, 0x07, 0);
                }
                else
                {
                    Put(data, at + 1, value, 0x1F, 3);
                    Put(data, at + 3, value >> 5, 0x1F, 3);
                }
                break;
            case 311:
                var bit = index % 3 * 10;
                var first = index / 3 * 4 + bit / 8;
                Put(data, first, value, 0xFF >> (bit % 8), bit % 8);
                Put(data, first + 1, value >> (8 - bit % 8), 0xFF >> (6 - bit % 8), 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Not a WFDB storage format that can be written.");
        }
    }

    private static void Put(Span<byte> data, int index, int value, int mask, int shift) =>
        data[index] |= (byte)((value & mask) << shift);

    private static int Signed(int value, int bits) => value << (32 - bits) >> (32 - bits);
}
