using EcgImageWeb.Signal.Filtering;

namespace EcgImageWeb.Signal.Detection;

/// <summary>
/// Finds R peaks in one lead. The steps are Pan and Tompkins' (IEEE Trans. Biomed. Eng. 1985): band-pass, slope energy, moving
/// window, thresholds from beats and noise nearby, search back where a beat is late. Because the whole lead is there, filters have
/// no delay and "nearby" looks both ways.
/// </summary>
/// <remarks>
/// All constants hold for every record. They were chosen on 24 records of MIT-BIH (101 106 108 109 112 114 115 116 118 119 122 124
/// 201 203 205 207 208 209 215 220 223 230, which are de Chazal's DS1, and the paced 102 104), first lead; the other 24 were only measured.
/// </remarks>
public static class RPeakDetector
{
    private const double BandLowHz = 5;
    private const double BandHighHz = 18;
    private const double WindowMs = 110;

    // Shorter than any RR of a heart that pumps; two energy humps closer than this belong to one QRS.
    private const double SeparationMs = 220;

    // The peak is sought in a wider band, which keeps a wide beat's first deflection larger than the swing back.
    private const double ShapeLowHz = 2;
    private const double ShapeHighHz = 35;
    private const double PeakReachMs = 80;
    private const double PeakFineMs = 25;

    // First guess: beats reach this share of the median of the highest hump in each 1.5 s, 8 s to either side.
    private const double BinS = 1.5;
    private const double LevelReachS = 8;
    private const double FirstShare = 0.4;

    // Then: beats stand out from the noise by this share of what the neighbouring beats do.
    private const int Neighbours = 8;
    private const double BeatShare = 0.25;

    // Within this time of a beat a hump much lower than it, and than its neighbours, is a T wave.
    private const double TWaveMs = 360;
    private const double TWaveShare = 0.5;
    private const double TWaveNeighbourShare = 0.6;

    // Search back: an RR this much longer than the median of its neighbours probably hides a small beat.
    private const double LateRatio = 1.6;
    private const double LateShare = 0.12;
    private const int Passes = 2;

    // A QRS in the band 5 to 18 Hz is hundreds of µV; what stays below this is a flat line or a digitized line's grain.
    private const double LeastPeakMv = 0.03;

    // Long recordings are filtered in blocks, so that a day of one lead needs little more memory than the day itself.
    private const double BlockS = 600;
    private const double BlockMarginS = 5;
    private const double ShortestS = 0.5;

    /// <summary>The R peaks of a lead, as rising sample indices.</summary>
    /// <param name="lead">At least 0.5 s at 50 Hz or more; gaps (NaN) hold no beats.</param>
    public static int[] Detect(LeadSignal lead) => Detect(lead.Mv, lead.SampleRateHz);

    /// <summary>The R peaks of a lead, as rising sample indices; the largest deflection where a beat has no R wave.</summary>
    /// <param name="mv">mV; gaps are NaN.</param>
    /// <param name="sampleRateHz">50 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sampling rate is too low for a QRS.</exception>
    public static int[] Detect(ReadOnlySpan<float> mv, double sampleRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 50);
        if (mv.Length < ShortestS * sampleRateHz)
            return [];
        var candidates = Candidates(mv, sampleRateHz);
        var isBeat = FirstGuess(candidates, sampleRateHz);
        for (var pass = 0; pass < Passes; pass++)
            Decide(candidates, isBeat, sampleRateHz);
        return [.. candidates.Where((_, i) => isBeat[i]).Select(candidate => candidate.Peak).Distinct()];
    }

    private static Candidate[] Candidates(ReadOnlySpan<float> mv, double rateHz)
    {
        var nyquistHz = 0.45 * rateHz;
        var band = Butterworth.HighPass(2, BandLowHz, rateHz).Then(Butterworth.LowPass(2, BandHighHz, rateHz));
        var shape = Butterworth.HighPass(2, ShapeLowHz, rateHz).Then(Butterworth.LowPass(2, Math.Min(ShapeHighHz, nyquistHz), rateHz));
        var (block, margin) = ((int)(BlockS * rateHz), (int)(BlockMarginS * rateHz));
        var separation = SeparationMs / 1000 * rateHz;
        var found = new List<Candidate>();
        for (var start = 0; start < mv.Length; start += block)
        {
            var from = Math.Max(0, start - margin);
            var samples = mv[from..Math.Min(mv.Length, start + block + margin)];
            var bridged = Gaps.Bridge(samples);
            var banded = band.ApplyZeroPhase(bridged);
            var shaped = shape.ApplyZeroPhase(bridged);
            var energy = SlopeEnergy(banded, (int)(WindowMs / 2000 * rateHz));
            foreach (var at in Humps(energy, separation))
            {
                if (from + at < start || from + at >= start + block || float.IsNaN(samples[at]))
                    continue;
                var peak = PeakNear(bridged, shaped, at, rateHz);
                if (Math.Abs(shaped[peak]) < LeastPeakMv)
                    continue;
                var candidate = new Candidate(from + at, from + peak, energy[at]);
                if (found.Count == 0 || candidate.At - found[^1].At >= separation)
                    found.Add(candidate);
                else if (candidate.Height > found[^1].Height)
                    found[^1] = candidate;
            }
        }
        return [.. found];
    }

    // Root of the squared slope summed over a window of 2*half+1 samples.
    private static float[] SlopeEnergy(float[] band, int half)
    {
        double Slope2(int i) => i < 1 || i >= band.Length - 1 ? 0 : (band[i + 1] - band[i - 1]) * (double)(band[i + 1] - band[i - 1]);
        var energy = new float[band.Length];
        var sum = 0.0;
        for (var i = 0; i < half; i++)
            sum += Slope2(i);
        for (var i = 0; i < band.Length; i++)
        {
            sum += Slope2(i + half) - Slope2(i - half - 1);
            energy[i] = (float)Math.Sqrt(Math.Max(0, sum));
        }
        return energy;
    }

    private static List<int> Humps(float[] energy, double separation)
    {
        var humps = new List<int>();
        for (var i = 1; i < energy.Length - 1; i++)
        {
            if (!(energy[i] > energy[i - 1] && energy[i] >= energy[i + 1]))
                continue;
            if (humps.Count == 0 || i - humps[^1] >= separation)
                humps.Add(i);
            else if (energy[i] > energy[humps[^1]])
                humps[^1] = i;
        }
        return humps;
    }

    private static int PeakNear(float[] mv, float[] shaped, int at, double rateHz)
    {
        var reach = (int)(PeakReachMs / 1000 * rateHz);
        var (highest, lowest) = (at, at);
        for (var i = Math.Max(0, at - reach); i <= Math.Min(shaped.Length - 1, at + reach); i++)
        {
            if (shaped[i] > shaped[highest])
                highest = i;
            if (shaped[i] < shaped[lowest])
                lowest = i;
        }
        var isUp = shaped[highest] > -shaped[lowest];
        var peak = isUp ? highest : lowest;
        var fine = peak;
        var near = (int)(PeakFineMs / 1000 * rateHz);
        for (var i = Math.Max(0, peak - near); i <= Math.Min(mv.Length - 1, peak + near); i++)
        {
            if (isUp ? mv[i] > mv[fine] : mv[i] < mv[fine])
                fine = i;
        }
        return fine;
    }

    private static bool[] FirstGuess(Candidate[] candidates, double rateHz)
    {
        if (candidates.Length == 0)
            return [];
        var bin = BinS * rateHz;
        var highest = new double[(int)(candidates[^1].At / bin) + 1];
        foreach (var candidate in candidates)
            highest[(int)(candidate.At / bin)] = Math.Max(highest[(int)(candidate.At / bin)], candidate.Height);
        var reach = (int)(LevelReachS / BinS);
        var level = new double[highest.Length];
        for (var b = 0; b < level.Length; b++)
            level[b] = Median(highest[Math.Max(0, b - reach)..Math.Min(highest.Length, b + reach + 1)]);
        return Array.ConvertAll(candidates, candidate => candidate.Height > FirstShare * level[(int)(candidate.At / bin)]);
    }

    private static void Decide(Candidate[] candidates, bool[] isBeat, double rateHz)
    {
        var beatLevel = LevelNearby(candidates, isBeat, true);
        var noiseLevel = LevelNearby(candidates, isBeat, false);
        bool StandsOut(int i, double share) => candidates[i].Height > noiseLevel[i] + share * (beatLevel[i] - noiseLevel[i]);
        var tWave = TWaveMs / 1000 * rateHz;
        var last = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            isBeat[i] = StandsOut(i, BeatShare) && !(last >= 0
                && candidates[i].At - candidates[last].At < tWave
                && candidates[i].Height < TWaveShare * candidates[last].Height
                && candidates[i].Height < TWaveNeighbourShare * beatLevel[i]);
            if (isBeat[i])
                last = i;
        }

        var beats = Enumerable.Range(0, candidates.Length).Where(i => isBeat[i]).ToArray();
        var rr = beats.Skip(1).Select((beat, b) => (double)(candidates[beat].At - candidates[beats[b]].At)).ToArray();
        for (var b = 0; b < rr.Length; b++)
        {
            if (rr[b] < LateRatio * Median(rr[Math.Max(0, b - Neighbours)..Math.Min(rr.Length, b + Neighbours)]))
                continue;
            var best = -1;
            for (var i = beats[b] + 1; i < beats[b + 1]; i++)
            {
                var isClear = candidates[i].At - candidates[beats[b]].At >= tWave && candidates[beats[b + 1]].At - candidates[i].At >= tWave;
                if (isClear && (best < 0 || candidates[i].Height > candidates[best].Height))
                    best = i;
            }
            if (best >= 0 && StandsOut(best, LateShare))
                isBeat[best] = true;
        }
    }

    // For every candidate the median height of the beats (or of the others) around it; 0 where there are none.
    private static double[] LevelNearby(Candidate[] candidates, bool[] isBeat, bool ofBeats)
    {
        var heights = new List<double>();
        var before = new int[candidates.Length];
        for (var i = 0; i < candidates.Length; i++)
        {
            before[i] = heights.Count;
            if (isBeat[i] == ofBeats)
                heights.Add(candidates[i].Height);
        }
        return Array.ConvertAll(before, at =>
        {
            var first = Math.Max(0, at - Neighbours);
            return Median([.. heights.GetRange(first, Math.Min(heights.Count, at + Neighbours + 1) - first)]);
        });
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 2];
    }

    private readonly record struct Candidate(int At, int Peak, double Height);
}
