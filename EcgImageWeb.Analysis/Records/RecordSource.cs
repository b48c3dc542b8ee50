using EcgImageWeb.Signal;
using EcgImageWeb.Vision;

namespace EcgImageWeb.Analysis.Records;

/// <summary>A record's leads, from whatever format it is in.</summary>
/// <param name="Name">Name for people: of the file, or of the record.</param>
/// <param name="Format"><c>wfdb</c>, <c>mat</c> or <c>csv</c>.</param>
/// <param name="Sha256">Of the bytes of its files in the order they were read, lower-case hex.</param>
/// <param name="Leads">The channels that are voltages, in mV.</param>
/// <param name="Notes">What was assumed or left out.</param>
public sealed record RecordSource(string Name, string Format, string Sha256, IReadOnlyList<LeadSignal> Leads, IReadOnlyList<Note> Notes);
