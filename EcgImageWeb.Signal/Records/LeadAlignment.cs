namespace EcgImageWeb.Signal.Records;

/// <summary>Leads of one rate brought onto one time axis.</summary>
internal static class LeadAlignment
{
    /// <summary>The earliest start in seconds, and every lead from there to the latest end, NaN where it is not known.</summary>
    /// <exception cref="ArgumentException">No leads, or leads of different sampling rates.</exception>
    public static (double StartS, float[][] Mv) Align(IReadOnlyList<LeadSignal> leads)
    {
        if (leads.Count == 0 || leads.Any(lead => lead.SampleRateHz != leads[0].SampleRateHz))
            throw new ArgumentException("Leads of one sampling rate are needed.", nameof(leads));
        var startS = leads.Min(lead => lead.StartS);
        var offsets = leads.Select(lead => (int)Math.Round((lead.StartS - startS) * lead.SampleRateHz)).ToArray();
        var length = leads.Select((lead, i) => offsets[i] + lead.Mv.Length).Max();
        return (startS, [.. leads.Select((lead, i) =>
        {
            var samples = new float[length];
            Array.Fill(samples, float.NaN);
            lead.Mv.CopyTo(samples, offsets[i]);
            return samples;
        })]);
    }
}
