using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EcgImageWeb.Training.Networks;

/// <summary>
/// Weights on disk in the safetensors format (https://github.com/huggingface/safetensors): eight bytes with the length of a JSON header,
/// the header with each array's type, shape and place, then the values, little-endian.
/// </summary>
public static class WeightsFile
{
    /// <summary>Writes weights; the file is complete or, after a kill, not there.</summary>
    /// <param name="path">The file, replaced if it exists.</param>
    /// <param name="weights">What to write.</param>
    public static void Write(string path, Weights weights) => AtomicFile.Write(path, stream => Write(stream, weights));

    /// <summary>Reads what <see cref="Write(string, Weights)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static Weights Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    internal static void Write(Stream stream, Weights weights)
    {
        var entries = new Dictionary<string, Entry>();
        var offset = 0L;
        foreach (var (name, tensor) in weights.Tensors)
        {
            var end = offset + 4L * tensor.Values.Length;
            entries[name] = new Entry("F32", tensor.Shape, [offset, end]);
            offset = end;
        }

        var header = JsonSerializer.SerializeToUtf8Bytes(entries);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in weights.Tensors.Values) stream.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
    }

    internal static Weights Read(Stream stream)
    {
        var length = new byte[8];
        stream.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength is < 2 or > 100_000_000) throw new InvalidDataException("This is no safetensors file.");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        using var document = JsonDocument.Parse(header);
        var tensors = new Dictionary<string, WeightTensor>();
        foreach (var property in document.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__").OrderBy(property => property.Value.GetProperty("data_offsets")[0].GetInt64()))
        {
            var entry = property.Value.Deserialize<Entry>() ?? throw new InvalidDataException($"{property.Name} has no description.");
            if (entry.dtype != "F32") throw new InvalidDataException($"{property.Name} is {entry.dtype}; only F32 is read.");
            var values = new float[entry.shape.Aggregate(1L, (product, size) => product * size)];
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            tensors[property.Name] = new WeightTensor(entry.shape, values);
        }

        return new Weights(tensors);
    }

#pragma warning disable IDE1006 // The format's own spelling.
    private sealed record Entry(string dtype, long[] shape, long[] data_offsets);
#pragma warning restore IDE1006
}
