namespace EcgImageWeb.Analysis.Results;

/// <summary>The files a record was read from.</summary>
/// <param name="File">Name without folders.</param>
/// <param name="Sha256">Of the bytes of all its files in the order they were read, lower-case hex.</param>
/// <param name="Format"><c>wfdb</c>, <c>mat</c> or <c>csv</c>.</param>
/// <param name="SampleRateHz">Samples a second of the first lead.</param>
/// <param name="DurationS">Length of the longest lead, seconds.</param>
public sealed record RecordSourceInfo(string File, string Sha256, string Format, double SampleRateHz, double DurationS);
