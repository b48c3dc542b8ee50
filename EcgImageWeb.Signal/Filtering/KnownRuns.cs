namespace EcgImageWeb.Signal.Filtering;

/// <summary>The stretches between gaps.</summary>
public static class KnownRuns
{
    /// <summary>The maximal index ranges without NaN, in order.</summary>
    public static IReadOnlyList<Range> Of(ReadOnlySpan<float> samples)
    {
        var runs = new List<Range>();
        var start = -1;
        for (var i = 0; i <= samples.Length; i++)
        {
            var isKnown = i < samples.Length && !float.IsNaN(samples[i]);
            if (isKnown && start < 0)
                start = i;
            if (!isKnown && start >= 0)
            {
                runs.Add(start..i);
                start = -1;
            }
        }
        return runs;
    }
}
