using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Records;

namespace EcgImageWeb.Training.Data;

/// <summary>
/// A recording put together of beats of recorded ones, for rhythms that too few persons have: P waves and QRS-T of one person's normal beats set down at
/// intervals of a made-up rhythm; premature atrial beats with another P wave or none, from rare ones to runs of them that pauses end; fibrillation, lasting or in
/// episodes, with waves for P waves; ventricular beats of another person between. All lengths and shares are wide guesses at what occurs, not fitted to
/// anything.
/// </summary>
public sealed class ArtificialRecord
{
    private const double RateHz = BeatInputs.SampleRateHz;

    // A normal beat is cut here: s from R.
    private const double PFromS = -0.3, PEndS = -0.05, QrsFromS = -0.09, EndS = 0.56, EctopicFromS = -0.16, EdgeS = 0.04;

    private const double LeastS = 0.3;

    private readonly Random _random;
    private readonly List<(double RrS, AamiClass Class, bool Fibrillates)> _beats = [];

    private ArtificialRecord(Random random) => _random = random;

    private enum Rhythm { Regular, RareEctopy, FrequentEctopy, Bigeminy, RunsAndPauses, Fibrillation, Episodes }

    /// <summary>Makes one.</summary>
    /// <param name="normal">Persons with normal beats and P waves.</param>
    /// <param name="ventricular">Persons with ventricular beats.</param>
    /// <param name="count">Number of beats.</param>
    /// <param name="random">Source of chance.</param>
    /// <returns>The lead at 360 Hz, filtered as recordings are, and its beats.</returns>
    public static (LeadSignal Lead, IReadOnlyList<Annotation> Annotations) Make(IReadOnlyList<BeatParts> normal, IReadOnlyList<BeatParts> ventricular, int count, Random random)
    {
        var record = new ArtificialRecord(random);
        record.DrawRhythm(count, ventricular.Count > 0);
        return record.Draw(normal, ventricular);
    }

    private double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());

    private T OneOf<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    private void DrawRhythm(int count, bool withVentricular)
    {
        var rhythm = OneOf(Enum.GetValues<Rhythm>());
        var (usualS, wander, fibrillation, faster) = (Between(0.55, 1.15), OneOf([0.01, 0.02, 0.04, 0.07]), Between(0.12, 0.3), Between(0.6, 1.1));
        var (atrialCoupling, ventricularCoupling, turns) = (Between(0.5, 0.85), Between(0.45, 0.8), Between(0.005, 0.03));
        var ventricularShare = withVentricular ? OneOf([0, 0, 0.02, 0.1]) : 0;
        var atrialShare = rhythm switch
        {
            Rhythm.RareEctopy => 0.02,
            Rhythm.FrequentEctopy => 0.12,
            Rhythm.Bigeminy => 0.35,
            Rhythm.RunsAndPauses => 0.4,
            Rhythm.Episodes => OneOf([0, 0.02, 0.08]),
            _ => 0,
        };
        var (drift, fibrillates) = (0.0, rhythm == Rhythm.Fibrillation);
        while (_beats.Count < count)
        {
            if (rhythm == Rhythm.Episodes && Chance(turns)) fibrillates = !fibrillates;
            drift = 0.8 * drift + wander * Normal();
            var sinusS = usualS * Math.Exp(drift + 0.03 * Math.Sin(_beats.Count / 4.0)) * (fibrillates ? faster : 1);
            var unevenS = Math.Max(LeastS, sinusS * Math.Exp(fibrillation * Normal()));
            if (Chance(ventricularShare))
            {
                var earlyS = sinusS * Math.Clamp(ventricularCoupling + 0.05 * Normal(), 0.35, 0.9);
                Add(earlyS, AamiClass.V);
                Add(fibrillates ? unevenS : Math.Max(2 * sinusS - earlyS, sinusS) * Between(0.97, 1.03), AamiClass.N);
            }
            else if (fibrillates)
            {
                Add(unevenS, AamiClass.N);
            }
            else if (Chance(atrialShare))
            {
                var length = rhythm switch { Rhythm.RunsAndPauses => _random.Next(1, 9), Rhythm.FrequentEctopy or Rhythm.Episodes => OneOf([1, 1, 2, 3]), _ => 1 };
                for (var beat = 0; beat < length; beat++)
                {
                    var coupling = beat == 0 ? atrialCoupling + 0.04 * Normal() : rhythm == Rhythm.RunsAndPauses ? atrialCoupling + 0.05 + 0.04 * Normal() : Between(0.5, 0.75);
                    Add(Math.Max(LeastS, sinusS * Math.Clamp(coupling, 0.4, 0.9)), AamiClass.S);
                }

                Add(sinusS * (rhythm == Rhythm.RunsAndPauses ? Between(1.05, 1.9) : Between(0.98, 1.3)), AamiClass.N);
            }
            else
            {
                Add(sinusS, AamiClass.N);
            }
        }

        void Add(double rrS, AamiClass beatClass) => _beats.Add((rrS, beatClass, fibrillates));
    }

    private (LeadSignal Lead, IReadOnlyList<Annotation> Annotations) Draw(IReadOnlyList<BeatParts> normal, IReadOnlyList<BeatParts> ventricular)
    {
        var (person, other, foreign) = (OneOf(normal), OneOf(normal), ventricular.Count > 0 ? OneOf(ventricular) : null);
        var at = new int[_beats.Count];
        var timeS = 0.0;
        for (var beat = 0; beat < at.Length; beat++) at[beat] = (int)((timeS += _beats[beat].RrS) * RateHz) + BeatSet.Reach;
        var mv = new float[at[^1] + 2 * BeatSet.Reach];

        // An ectopic P wave is none, upside down, another person's, or the own of another size; and not where a sinus P would be.
        var (kind, size, shift) = (_random.Next(4), Between(0.4, 1.3), (int)(Between(-0.04, 0.04) * RateHz));
        var first = _random.Next(person.Normal.Count);
        for (var beat = 0; beat < at.Length; beat++)
        {
            if (_beats[beat].Class == AamiClass.V)
            {
                Lay(OneOf(foreign!.Ventricular), EctopicFromS, EndS, person.Amplitude / foreign.Amplitude, at[beat]);
                continue;
            }

            var own = person.Normal[(first + beat) % person.Normal.Count];
            Lay(own, QrsFromS, EndS, Between(0.95, 1.05), at[beat]);
            if (_beats[beat].Fibrillates) continue;
            if (_beats[beat].Class == AamiClass.N) Lay(own, PFromS, PEndS, 1, at[beat]);
            else if (kind == 1) Lay(own, PFromS, PEndS, -size, at[beat] + shift);
            else if (kind == 2) Lay(other.Normal[(first + beat) % other.Normal.Count], PFromS, PEndS, size * person.Amplitude / other.Amplitude, at[beat] + shift);
            else if (kind == 3) Lay(own, PFromS, PEndS, size, at[beat] + shift);
        }

        Fibrillate(mv, at, person.Amplitude);
        AddNoise(mv, OneOf([0, 0.005, 0.015, 0.03]) * person.Amplitude);
        return (BeatInputs.Filters.Apply(new LeadSignal("made up", RateHz, mv)), [.. at.Select((sample, beat) => new Annotation(sample, Code(_beats[beat].Class)))]);

        void Lay(float[] samples, double fromS, double endS, double gain, int sample)
        {
            for (var index = (int)(fromS * RateHz); index < endS * RateHz; index++)
            {
                var edge = Math.Clamp(Math.Min(index / RateHz - fromS, endS - index / RateHz) / EdgeS, 0, 1);
                mv[sample + index] += (float)(gain * edge * samples[samples.Length / 2 + index]);
            }
        }
    }

    private void Fibrillate(float[] mv, int[] at, double amplitude)
    {
        var (frequencyHz, heightMv, change, phase) = (Between(4.5, 8), Between(0.005, 0.06) * amplitude, 0.0, 0.0);
        for (var beat = 0; beat < at.Length; beat++)
        {
            for (var sample = beat == 0 ? 0 : at[beat - 1]; sample < at[beat]; sample++)
            {
                change += 0.02 * Normal();
                phase += Math.Tau * (frequencyHz + 0.6 * Math.Sin(change)) / RateHz;
                if (_beats[beat].Fibrillates) mv[sample] += (float)(heightMv * (Math.Sin(phase) + 0.3 * Math.Sin(2 * phase)));
            }
        }
    }

    private void AddNoise(float[] mv, double deviationMv)
    {
        if (deviationMv == 0) return;
        for (var sample = 0; sample < mv.Length; sample++) mv[sample] += (float)(deviationMv * Normal());
    }

    private static AnnotationCode Code(AamiClass beatClass) => beatClass switch
    {
        AamiClass.S => AnnotationCode.AtrialPremature,
        AamiClass.V => AnnotationCode.PrematureVentricular,
        _ => AnnotationCode.Normal,
    };
}
