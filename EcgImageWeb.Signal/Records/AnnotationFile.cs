using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace EcgImageWeb.Signal.Records;

/// <summary>An annotation file in MIT format (annot(5) of the WFDB Applications Guide), of any extension: <c>.atr</c>, LUDB's <c>.ii</c>.</summary>
/// <param name="Annotations">The annotations in the order of the file.</param>
/// <param name="TimeResolutionHz">Ticks per second of <see cref="Annotation.Sample"/>, if the file states other than the record's rate.</param>
public sealed record AnnotationFile(IReadOnlyList<Annotation> Annotations, double? TimeResolutionHz = null)
{
    // Pseudo-codes of the MIT format: they change or extend the annotation before them.
    private const int Skip = 59;
    private const int Number = 60;
    private const int Subtype = 61;
    private const int Channel = 62;
    private const int Aux = 63;
    private const int LongestStep = 0x3FF;
    private const string ResolutionNote = "## time resolution: ";

    /// <summary>Reads the annotations of a record.</summary>
    /// <param name="path">Path of the record without suffix.</param>
    /// <param name="extension">The annotator, which is the file's suffix: <c>atr</c>, <c>ii</c>.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RecordFormatException">The file is missing or damaged.</exception>
    public static AnnotationFile Read(string path, string extension = "atr", RecordLimits? limits = null)
    {
        limits ??= RecordLimits.Default;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        var file = Path.GetFileName(path) + "." + extension;
        return Parse(file, WfdbReader.Fetch(file, WfdbReader.FolderReader(folder, limits), limits));
    }

    /// <summary>Reads the bytes of an annotation file.</summary>
    /// <param name="fileName">Name of the file, for messages.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="RecordFormatException">The file ends within an annotation or before its end mark, or goes back before time zero.</exception>
    public static AnnotationFile Parse(string fileName, ReadOnlySpan<byte> bytes)
    {
        var annotations = new List<Annotation>();
        double? resolutionHz = null;
        var (time, channel, number) = (0L, 0, 0);
        for (var at = 0; ;)
        {
            var word = Word(fileName, bytes, at);
            if (word == 0)
                break;
            var (code, value) = (word >> 10, word & LongestStep);
            if (code == Skip)
            {
                // 32 bits in the order of the PDP-11: high word first.
                time += Word(fileName, bytes, at + 2) << 16 | Word(fileName, bytes, at + 4);
                at += 6;
                continue;
            }
            time += value;
            if (time < 0 || code > Skip)
                throw new RecordFormatException(fileName, at, code > Skip ? $"field {code} stands before any annotation." : "an annotation lies before the start of the record.");
            at += 2;
            var (subtype, aux) = (0, "");
            for (; (word = Word(fileName, bytes, at)) >> 10 > Skip; at += 2)
            {
                value = word & LongestStep;
                switch (word >> 10)
                {
                    case Number:
                        number = (sbyte)value;
                        break;
                    case Subtype:
                        subtype = (sbyte)value;
                        break;
                    case Channel:
                        channel = (byte)value;
                        break;
                    case Aux:
                        var padded = value + value % 2;
                        if (at + 2 + padded > bytes.Length)
                            throw new RecordFormatException(fileName, at, $"a text of {value} bytes is longer than the file.");
                        aux = Encoding.UTF8.GetString(bytes.Slice(at + 2, value)).TrimEnd('\0');
                        at += padded;
                        break;
                }
            }
            if (time == 0 && aux.StartsWith(ResolutionNote, StringComparison.Ordinal)
                && double.TryParse(aux[ResolutionNote.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var ticks) && ticks > 0)
                resolutionHz = ticks;
            else
                annotations.Add(new Annotation(time, (AnnotationCode)code, subtype, channel, number, aux));
        }
        return new AnnotationFile(annotations, resolutionHz);
    }

    /// <summary>The file's bytes; annotations must be in order of time.</summary>
    /// <exception cref="ArgumentException">A text of more than 255 bytes, or a step in time of more than 31 bits.</exception>
    public byte[] ToBytes()
    {
        var file = new MemoryStream();
        var (time, channel, number) = (0L, 0, 0);
        if (TimeResolutionHz is { } ticks)
            Put(file, new Annotation(0, AnnotationCode.Note, Aux: ResolutionNote + ticks.ToString("R", CultureInfo.InvariantCulture)), ref time, ref channel, ref number);
        foreach (var annotation in Annotations)
            Put(file, annotation, ref time, ref channel, ref number);
        PutWord(file, 0, 0);
        return file.ToArray();
    }

    private static void Put(MemoryStream file, Annotation annotation, ref long time, ref int channel, ref int number)
    {
        var step = annotation.Sample - time;
        if (step is < int.MinValue or > int.MaxValue)
            throw new ArgumentException($"An annotation at {annotation.Sample} is too far from the one before.");
        if (step is < 0 or > LongestStep)
        {
            PutWord(file, Skip, 0);
            PutRaw(file, (int)step >> 16);
            PutRaw(file, (int)step);
            step = 0;
        }
        if (step == 0 && annotation.Code == AnnotationCode.NotQrs)
            throw new ArgumentException($"The annotation at {annotation.Sample} says nothing, and would read as the end mark.");
        PutWord(file, (int)annotation.Code, (int)step);
        if (annotation.Subtype != 0)
            PutWord(file, Subtype, annotation.Subtype & 0xFF);
        if (annotation.Channel != channel)
            PutWord(file, Channel, annotation.Channel & 0xFF);
        if (annotation.Number != number)
            PutWord(file, Number, annotation.Number & 0xFF);
        if (annotation.Aux.Length > 0)
        {
            var text = Encoding.UTF8.GetBytes(annotation.Aux);
            if (text.Length > 255)
                throw new ArgumentException($"The text at {annotation.Sample} has {text.Length} bytes, 255 is the most.");
            PutWord(file, Aux, text.Length);
            file.Write(text);
            if (text.Length % 2 == 1)
                file.WriteByte(0);
        }
        (time, channel, number) = (annotation.Sample, annotation.Channel, annotation.Number);
    }

    private static void PutWord(MemoryStream file, int code, int value) => PutRaw(file, code << 10 | value);

    private static void PutRaw(MemoryStream file, int word)
    {
        file.WriteByte((byte)word);
        file.WriteByte((byte)(word >> 8));
    }

    private static int Word(string fileName, ReadOnlySpan<byte> bytes, int at) =>
        at + 2 <= bytes.Length
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..])
            : throw new RecordFormatException(fileName, bytes.Length, "the annotations end without their end mark.");
}
