namespace EcgImageWeb.Signal.Filtering;

/// <summary>Gaps (NaN) in signals.</summary>
public static class Gaps
{
    /// <summary>
    /// The samples with straight lines over the gaps and level ends, for computations that cannot stand a NaN; zeros when nothing is known.
    /// What is computed inside a gap must not be shown as signal.
    /// </summary>
    public static float[] Bridge(ReadOnlySpan<float> samples)
    {
        var result = samples.ToArray();
        var last = -1;
        for (var i = 0; i <= result.Length; i++)
        {
            if (i < result.Length && float.IsNaN(result[i]))
                continue;
            for (var k = last + 1; k < i; k++)
            {
                result[k] = last < 0 ? (i < result.Length ? result[i] : 0)
                    : i == result.Length ? result[last]
                    : result[last] + (result[i] - result[last]) * (k - last) / (i - last);
            }
            last = i;
        }
        return result;
    }
}
