namespace EcgImageWeb.Signal.Records;

/// <summary>One signal line of a WFDB header (header(5) of the WFDB Applications Guide).</summary>
/// <param name="FileName">File that holds the samples, in the header's folder; <c>~</c> for none.</param>
/// <param name="Format">Storage format: 8, 16, 24, 32, 61, 80, 160, 212, 310 or 311; 0 for a signal without samples.</param>
/// <param name="SamplesPerFrame">Samples of this signal in each frame, at least 1.</param>
/// <param name="SkewFrames">Frames by which this signal was recorded late.</param>
/// <param name="ByteOffset">Bytes before the first sample in the file.</param>
/// <param name="Gain">ADC units per physical unit.</param>
/// <param name="Baseline">ADC value of zero physical units.</param>
/// <param name="Unit">Physical unit.</param>
/// <param name="AdcResolutionBits">Bits of the converter, 0 when not stated.</param>
/// <param name="AdcZero">Middle of the converter's range.</param>
/// <param name="InitialValue">First sample in ADC units; null when not stated.</param>
/// <param name="Checksum">Sum of all samples modulo 65,536 as a signed number; null when not stated.</param>
/// <param name="BlockSize">Block size of special files, 0 otherwise.</param>
/// <param name="Description">Name of the signal.</param>
public sealed record WfdbSignalSpec(
    string FileName, int Format, int SamplesPerFrame, int SkewFrames, long ByteOffset,
    double Gain, int Baseline, string Unit, int AdcResolutionBits, int AdcZero,
    int? InitialValue, int? Checksum, int BlockSize, string Description);
