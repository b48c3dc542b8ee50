namespace EcgImageWeb.Signal.Records;

/// <summary>
/// Reads WFDB records (MIT-BIH, European ST-T, LUDB, PTB-XL, CinC): header(5) and signal(5) of the WFDB Applications Guide,
/// also of several segments. Checksums that a header states are verified.
/// </summary>
public static class WfdbReader
{
    /// <summary>Reads a record from a folder.</summary>
    /// <param name="path">Path of the record without suffix (a trailing <c>.hea</c> is forgiven).</param>
    /// <param name="limits">How much to take into memory; <see cref="RecordLimits.Default"/> when left out.</param>
    /// <exception cref="RecordFormatException">A file is missing, damaged, too large or of an unknown format.</exception>
    public static Record Read(string path, RecordLimits? limits = null)
    {
        limits ??= RecordLimits.Default;
        var (name, readFile) = Open(path, limits);
        return Read(name, readFile, limits);
    }

    /// <summary>Reads only the header of a record.</summary>
    /// <param name="path">Path of the record without suffix.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RecordFormatException">The header is missing or damaged.</exception>
    public static WfdbHeader ReadHeader(string path, RecordLimits? limits = null)
    {
        limits ??= RecordLimits.Default;
        var (name, readFile) = Open(path, limits);
        return ReadHeader(name, readFile, limits);
    }

    /// <summary>Reads a record from wherever its files are (an upload, an archive).</summary>
    /// <param name="name">Name of the record.</param>
    /// <param name="readFile">Gives the whole file of a name; throws <see cref="FileNotFoundException"/> where there is none.</param>
    /// <param name="limits">How much to take into memory.</param>
    /// <exception cref="RecordFormatException">A file is missing, damaged, too large or of an unknown format.</exception>
    public static Record Read(string name, Func<string, byte[]> readFile, RecordLimits? limits = null)
    {
        limits ??= RecordLimits.Default;
        var header = ReadHeader(name, readFile, limits);
        var signals = header.Segments.Count > 0
            ? JoinSegments(name, header, readFile, limits)
            : ReadSignals(name, header, readFile, limits);
        return new Record(name, header.FrameRateHz, signals, header.Comments, header.Start);
    }

    private static (string Name, Func<string, byte[]> ReadFile) Open(string path, RecordLimits limits)
    {
        if (path.EndsWith(".hea", StringComparison.OrdinalIgnoreCase))
            path = path[..^4];
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        return (Path.GetFileName(path), FolderReader(folder, limits));
    }

    internal static Func<string, byte[]> FolderReader(string folder, RecordLimits limits) => file =>
    {
        var info = new FileInfo(Path.Combine(folder, file));
        if (info.Exists && info.Length > limits.MaxFileBytes)
            throw new RecordFormatException(file, limits.MaxFileBytes, $"the file has {info.Length} bytes, more than the limit.");
        return File.ReadAllBytes(info.FullName);
    };

    internal static byte[] Fetch(string file, Func<string, byte[]> readFile, RecordLimits limits)
    {
        if (file.AsSpan().IndexOfAny('/', '\\') >= 0 || file is "." or ".." or "" or "-")
            throw new RecordFormatException(file, 0, "a file outside the record's own folder is not read.");
        byte[] bytes;
        try
        {
            bytes = readFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordFormatException(file, 0, "the file is missing or cannot be read.", error);
        }
        return bytes.LongLength <= limits.MaxFileBytes
            ? bytes
            : throw new RecordFormatException(file, limits.MaxFileBytes, $"the file has {bytes.LongLength} bytes, more than the limit.");
    }

    private static WfdbHeader ReadHeader(string name, Func<string, byte[]> readFile, RecordLimits limits)
    {
        var file = name + ".hea";
        var bytes = Fetch(file, readFile, limits);
        return bytes.Length <= limits.MaxHeaderBytes
            ? WfdbHeader.Parse(file, bytes)
            : throw new RecordFormatException(file, limits.MaxHeaderBytes, $"the header has {bytes.Length} bytes, more than the limit.");
    }

    private static RecordSignal[] ReadSignals(string name, WfdbHeader header, Func<string, byte[]> readFile, RecordLimits limits)
    {
        var signals = new RecordSignal[header.Signals.Count];
        var budget = limits.MaxSamples;
        for (var first = 0; first < signals.Length;)
        {
            // Neighbours that name the same file are interleaved in it, frame by frame.
            var count = 1;
            while (first + count < signals.Length && header.Signals[first + count].FileName == header.Signals[first].FileName)
                count++;
            var group = header.Signals.Skip(first).Take(count).ToArray();
            var samples = group[0].Format == 0
                ? Silence(name, header, group, ref budget)
                : ReadGroup(header, group, readFile, limits, ref budget);
            for (var i = 0; i < count; i++)
            {
                var spec = group[i];
                signals[first + i] = new RecordSignal(
                    spec.Description.Length > 0 ? spec.Description : FormattableString.Invariant($"signal {first + i}"),
                    spec.Unit, samples[i], header.FrameRateHz * spec.SamplesPerFrame, spec.Gain, spec.Baseline);
            }
            first += count;
        }
        return signals;
    }

    private static float[][] Silence(string name, WfdbHeader header, WfdbSignalSpec[] group, ref long budget)
    {
        Spend(name + ".hea", 0, header.FrameCount, group.Sum(spec => (long)spec.SamplesPerFrame), ref budget);
        return Array.ConvertAll(group, spec => Gap(header.FrameCount * spec.SamplesPerFrame));
    }

    private static float[][] ReadGroup(
        WfdbHeader header, WfdbSignalSpec[] group, Func<string, byte[]> readFile, RecordLimits limits, ref long budget)
    {
        var (file, format, offset) = (group[0].FileName, group[0].Format, group[0].ByteOffset);
        if (!SampleFormat.Known.Contains(format) || group.Any(spec => spec.Format != format))
            throw new RecordFormatException(file, 0, $"signals of format {string.Join(", ", group.Select(spec => spec.Format).Distinct())} in one file are not read.");
        var bytes = Fetch(file, readFile, limits);
        if (offset > bytes.Length)
            throw new RecordFormatException(file, bytes.Length, $"the file ends before byte {offset}, where its samples should begin.");
        var frameSize = group.Sum(spec => spec.SamplesPerFrame);
        var available = SampleFormat.SamplesIn(format, bytes.Length - offset) / frameSize;
        var frames = header.FrameCount > 0 ? header.FrameCount : available;
        if (frames > available)
            throw new RecordFormatException(file, bytes.Length, $"the file ends after {available} of {frames} frames.");
        Spend(file, offset, frames, frameSize, ref budget);

        var data = bytes.AsSpan((int)offset);
        var samples = new float[group.Length][];
        for (int i = 0, slot = 0; i < group.Length; slot += group[i++].SamplesPerFrame)
            samples[i] = Channel(group[i], data, (int)frames, frameSize, slot);
        return samples;
    }

    private static float[] Channel(WfdbSignalSpec spec, ReadOnlySpan<byte> data, int frames, int frameSize, int slot)
    {
        var samples = new float[frames * spec.SamplesPerFrame];
        var late = (long)spec.SkewFrames * spec.SamplesPerFrame;
        samples.AsSpan((int)Math.Max(0, samples.Length - late)).Fill(float.NaN);
        var missing = SampleFormat.Missing(spec.Format);
        var sum = 0;
        var last = spec.InitialValue ?? 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var value = SampleFormat.Read(spec.Format, data, i / spec.SamplesPerFrame * frameSize + slot + i % spec.SamplesPerFrame);
            if (spec.Format == 8)
                value = last += value;
            sum += value;
            if (i >= late)
                samples[i - late] = value == missing ? float.NaN : (float)((value - (double)spec.Baseline) / spec.Gain);
        }
        // CinC's MATLAB files carry a 0 that was never computed.
        var isStated = spec.Checksum is not null && !(spec.Checksum == 0 && spec.FileName.EndsWith(".mat", StringComparison.OrdinalIgnoreCase));
        if (isStated && (short)sum != (short)spec.Checksum!.Value)
        {
            throw new RecordFormatException(spec.FileName, spec.ByteOffset,
                $"the samples of {spec.Description} add up to {(short)sum}, the header's checksum is {spec.Checksum}; some byte from here on is damaged.");
        }
        return samples;
    }

    private static RecordSignal[] JoinSegments(string name, WfdbHeader header, Func<string, byte[]> readFile, RecordLimits limits)
    {
        var file = name + ".hea";
        if (header.Segments.Count > limits.MaxSegments)
            throw new RecordFormatException(file, 0, $"{header.Segments.Count} segments are more than the limit of {limits.MaxSegments}.");
        var isVariable = header.Segments[0].FrameCount == 0;
        var firstReal = header.Segments.FirstOrDefault(segment => segment.Name != "~")
            ?? throw new RecordFormatException(file, 0, "the record has gaps, but no segment.");
        var layout = SegmentHeader(firstReal, header, readFile, limits).Signals;
        var frames = 0L;
        foreach (var segment in header.Segments)
            frames = segment.FrameCount <= limits.MaxSamples ? frames + segment.FrameCount : limits.MaxSamples + 1;
        var budget = limits.MaxSamples;
        Spend(file, 0, frames, layout.Sum(spec => (long)spec.SamplesPerFrame), ref budget);

        var joined = layout.Select(spec => Gap(frames * spec.SamplesPerFrame)).ToArray();
        var start = 0L;
        foreach (var segment in header.Segments)
        {
            if (segment.Name != "~" && segment.FrameCount > 0)
            {
                var signals = ReadSignals(segment.Name, SegmentHeader(segment, header, readFile, limits), readFile, limits);
                for (var i = 0; i < signals.Length; i++)
                {
                    var into = isVariable ? IndexOf(layout, signals[i].Name) : i;
                    if (into < 0 || into >= layout.Count || layout[into].Unit != signals[i].Unit
                        || signals[i].Samples.Length != segment.FrameCount * layout[into].SamplesPerFrame)
                        throw new RecordFormatException(segment.Name + ".hea", 0, $"its signal {signals[i].Name} has no place in the record it is a segment of.");
                    signals[i].Samples.CopyTo(joined[into].AsSpan((int)(start * layout[into].SamplesPerFrame)));
                }
            }
            start += segment.FrameCount;
        }
        return [.. layout.Select((spec, i) => new RecordSignal(
            spec.Description, spec.Unit, joined[i], header.FrameRateHz * spec.SamplesPerFrame, spec.Gain, spec.Baseline))];
    }

    private static WfdbHeader SegmentHeader(WfdbSegment segment, WfdbHeader whole, Func<string, byte[]> readFile, RecordLimits limits)
    {
        var header = ReadHeader(segment.Name, readFile, limits);
        var problem =
            header.Segments.Count > 0 ? "a segment cannot have segments of its own."
            : header.FrameRateHz != whole.FrameRateHz ? $"the segment has {header.FrameRateHz} Hz, its record {whole.FrameRateHz} Hz."
            : header.FrameCount != 0 && header.FrameCount != segment.FrameCount ? $"the segment has {header.FrameCount} frames, its record says {segment.FrameCount}."
            : null;
        return problem is null
            ? header with { FrameCount = segment.FrameCount }
            : throw new RecordFormatException(segment.Name + ".hea", 0, problem);
    }

    private static int IndexOf(IReadOnlyList<WfdbSignalSpec> layout, string name)
    {
        for (var i = 0; i < layout.Count; i++)
        {
            if (layout[i].Description == name)
                return i;
        }
        return -1;
    }

    private static void Spend(string file, long offset, long frames, long samplesPerFrame, ref long budget)
    {
        if (frames > budget / Math.Max(1, samplesPerFrame))
            throw new RecordFormatException(file, offset, $"{frames} frames of {samplesPerFrame} samples are more than the limit.");
        budget -= frames * samplesPerFrame;
    }

    private static float[] Gap(long length)
    {
        var samples = new float[length];
        Array.Fill(samples, float.NaN);
        return samples;
    }
}
