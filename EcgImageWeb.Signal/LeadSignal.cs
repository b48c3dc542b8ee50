namespace EcgImageWeb.Signal;

/// <summary>One lead: millivolts over seconds.</summary>
/// <param name="Name">Lead name as in <c>contracts</c>: I, II, III, aVR, aVL, aVF, V1 to V6, or the name the recording gives.</param>
/// <param name="SampleRateHz">Samples per second, above zero.</param>
/// <param name="Mv">Amplitude in mV, one value a sample; NaN where nothing is known (a gap is never filled in).</param>
/// <param name="StartS">Time of the first sample in seconds on the time axis of the page or recording.</param>
public sealed record LeadSignal(string Name, double SampleRateHz, float[] Mv, double StartS = 0)
{
    /// <summary>Length in seconds: samples over rate.</summary>
    public double DurationS => Mv.Length / SampleRateHz;

    /// <summary>Share of samples that are known, 0 to 1; 0 for an empty signal.</summary>
    public double Coverage => Mv.Length == 0 ? 0 : 1 - (double)Mv.Count(float.IsNaN) / Mv.Length;

    /// <summary>Time of the sample at <paramref name="index"/> in seconds.</summary>
    public double TimeOf(double index) => StartS + index / SampleRateHz;
}
