using System.Runtime.InteropServices;
using System.Text;
using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Training.Data;

/// <summary>Signal examples in memory, all of one length, with what protocols divide them by.</summary>
/// <param name="Name">Name of set and preparation, as in the cache's file name.</param>
/// <param name="Labels">The classes, in order.</param>
/// <param name="Inputs">The examples: mV, unless the preparation says otherwise.</param>
/// <param name="Classes">The class of each.</param>
/// <param name="Records">The record of each.</param>
public sealed record SignalSet(string Name, IReadOnlyList<string> Labels, IReadOnlyList<float[]> Inputs, IReadOnlyList<int> Classes, IReadOnlyList<string> Records)
{
    /// <summary>Number of examples.</summary>
    public int Count => Inputs.Count;

    /// <summary>The person each example is of, as far as known.</summary>
    public IReadOnlyList<string> Patients { get; } = [.. Records.Select(MitBih.PatientOf)];

    /// <summary>The set from its file, or made and then kept there.</summary>
    /// <param name="cacheFolder">Where sets are kept.</param>
    /// <param name="name">The set's name; it must change when what makes it does.</param>
    /// <param name="make">Makes it.</param>
    public static SignalSet Cached(string cacheFolder, string name, Func<SignalSet> make)
    {
        var path = Path.Combine(cacheFolder, name + ".set");
        if (File.Exists(path)) return Read(path);
        var made = make();
        AtomicFile.Write(path, made.Write);
        return made;
    }

    private static SignalSet Read(string path)
    {
        using var reader = new BinaryReader(new BufferedStream(File.OpenRead(path)), Encoding.UTF8);
        var name = reader.ReadString();
        var labels = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString()).ToArray();
        var (count, length) = (reader.ReadInt32(), reader.ReadInt32());
        var (classes, records, inputs) = (new int[count], new string[count], new float[count][]);
        for (var index = 0; index < count; index++)
        {
            classes[index] = reader.ReadInt32();
            records[index] = reader.ReadString();
            inputs[index] = new float[length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(inputs[index].AsSpan()));
        }

        return new SignalSet(name, labels, inputs, classes, records);
    }

    private void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Name);
        writer.Write(Labels.Count);
        foreach (var label in Labels) writer.Write(label);
        writer.Write(Count);
        writer.Write(Inputs[0].Length);
        for (var index = 0; index < Count; index++)
        {
            writer.Write(Classes[index]);
            writer.Write(Records[index]);
            writer.Write(MemoryMarshal.AsBytes<float>(Inputs[index]));
        }
    }
}
