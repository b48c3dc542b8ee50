namespace EcgImageWeb.Signal.Tests;

/// <summary>A lead whose every fiducial point is known: P, Q, R, S, T as Gaussians (McSharry's model, without its clock).</summary>
internal static class MadeUp
{
    /// <summary>Centre in s relative to R, height in mV and width (sigma) in s of each wave.</summary>
    public static readonly (double AtS, double Mv, double SigmaS)[] Waves =
        [(-0.16, 0.15, 0.020), (-0.03, -0.10, 0.008), (0, 1.2, 0.010), (0.03, -0.25, 0.009), (0.28, 0.30, 0.040)];

    public static LeadSignal Lead(double sampleRateHz, double durationS, double rrS, double firstS = 0.5)
    {
        var mv = new float[(int)(durationS * sampleRateHz)];
        for (var beatS = firstS; beatS < durationS; beatS += rrS)
        {
            var (from, to) = ((int)((beatS - 0.3) * sampleRateHz), (int)((beatS + 0.6) * sampleRateHz));
            for (var i = Math.Max(0, from); i < Math.Min(mv.Length, to); i++)
            {
                foreach (var (atS, height, sigmaS) in Waves)
                {
                    var x = (i / sampleRateHz - beatS - atS) / sigmaS;
                    mv[i] += (float)(height * Math.Exp(-x * x / 2));
                }
            }
        }
        return new LeadSignal("II", sampleRateHz, mv);
    }
}
