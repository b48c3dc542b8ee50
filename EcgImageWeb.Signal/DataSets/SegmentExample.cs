namespace EcgImageWeb.Signal.DataSets;

/// <summary>One stretch of a lead for a classifier.</summary>
/// <param name="Record">Record it is from.</param>
/// <param name="Patient">Person it is from, as far as known; the record's name otherwise.</param>
/// <param name="Lead">Name of the lead.</param>
/// <param name="StartSample">Its first sample in the record.</param>
/// <param name="Label">Its class.</param>
/// <param name="Mv">Its samples in mV.</param>
public sealed record SegmentExample(string Record, string Patient, string Lead, int StartSample, string Label, float[] Mv);
