namespace EcgImageWeb.Signal.Measures;

/// <summary>How detected beats meet the annotated ones.</summary>
/// <param name="TruePositives">Annotated beats that were found.</param>
/// <param name="FalseNegatives">Annotated beats that were missed.</param>
/// <param name="FalsePositives">Detections without an annotated beat.</param>
public sealed record BeatScore(int TruePositives, int FalseNegatives, int FalsePositives)
{
    /// <summary>Share of the annotated beats that were found; NaN without beats.</summary>
    public double Sensitivity => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Share of the detections that are beats (+P); NaN without detections.</summary>
    public double PositivePredictivity => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Counts of both together (gross statistics).</summary>
    public static BeatScore operator +(BeatScore a, BeatScore b) =>
        new(a.TruePositives + b.TruePositives, a.FalseNegatives + b.FalseNegatives, a.FalsePositives + b.FalsePositives);

    /// <summary>The same sum as the operator.</summary>
    public static BeatScore Add(BeatScore left, BeatScore right) => left + right;

    /// <summary>
    /// Pairs beats one to one in order of time, as EC57's beat-by-beat comparison: of two candidates for a partner the nearer one is taken.
    /// </summary>
    /// <param name="reference">Annotated beats in samples, rising.</param>
    /// <param name="detected">Detected beats in samples, rising.</param>
    /// <param name="tolerance">Largest distance of a pair in samples.</param>
    public static BeatScore Compare(IReadOnlyList<long> reference, IReadOnlyList<long> detected, double tolerance)
    {
        var (r, d, pairs) = (0, 0, 0);
        while (r < reference.Count && d < detected.Count)
        {
            var distance = Math.Abs(reference[r] - detected[d]);
            var isNextDetectionNearer = d + 1 < detected.Count && Math.Abs(reference[r] - detected[d + 1]) < distance;
            var isNextReferenceNearer = r + 1 < reference.Count && Math.Abs(reference[r + 1] - detected[d]) < distance;
            if (distance <= tolerance && !isNextDetectionNearer && !isNextReferenceNearer)
            {
                (r, d, pairs) = (r + 1, d + 1, pairs + 1);
            }
            else if (isNextDetectionNearer && !isNextReferenceNearer || !isNextReferenceNearer && detected[d] < reference[r])
            {
                d++;
            }
            else
            {
                r++;
            }
        }
        return new BeatScore(pairs, reference.Count - pairs, detected.Count - pairs);
    }
}
