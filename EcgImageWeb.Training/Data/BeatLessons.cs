using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;

namespace EcgImageWeb.Training.Data;

/// <summary>
/// What a network of <see cref="BeatMeasures"/> learns from: of every recording a bounded number of beats of a class, so that no person outweighs the others;
/// the same recordings in strips of ten seconds, as a page has them; and artificial ones (<see cref="ArtificialRecord"/>). Aberrated atrial beats are left
/// out: nearly all are of one person, and look like the ventricular beats of the others.
/// </summary>
public static class BeatLessons
{
    /// <summary>Number of artificial records.</summary>
    public const int ArtificialRecords = 120;

    /// <summary>Length of the strips, seconds.</summary>
    public const double StripS = 10;

    private const int Strips = 25, LeastStripBeats = 4, ArtificialBeats = 500, LeastNormal = 200, LeastVentricular = 15, Seed = 1;

    // Beats at most of a recording: N, S, V, F, Q.
    private static readonly int[] Whole = [800, 150, 150, 50, 150], Stripped = [100, 40, 40, 10, 40], Artificial = [70, 25, 8, 0, 0];

    /// <summary>The examples; all of them are made of these records alone.</summary>
    /// <param name="labels">The classes, in the order of <see cref="AamiClass"/>.</param>
    /// <param name="records">What is learned from.</param>
    /// <param name="artificialRecords">Number of artificial records.</param>
    public static SignalSet Of(IReadOnlyList<string> labels, IReadOnlyList<BeatRecord> records, int artificialRecords = ArtificialRecords)
    {
        ArgumentNullException.ThrowIfNull(records);
        var random = new Random(Seed);
        var (inputs, classes, names) = (new List<float[]>(), new List<int>(), new List<string>());
        foreach (var record in records)
        {
            Add(record, Whole);
            var strips = Enumerable.Range(0, Strips).Select(_ => record.Stretch(record.Beats[random.Next(record.Beats.Count)].Sample, StripS)).OfType<BeatRecord>().Where(strip => strip.Beats.Count >= LeastStripBeats).ToArray();
            Take(record.Name, [.. strips.SelectMany(strip => strip.Beats)], [.. strips.SelectMany(strip => strip.Measures)], [.. strips.SelectMany(strip => strip.Aberrated)], Stripped);
        }

        var parts = records.Select(BeatParts.Of).ToArray();
        BeatParts[] normal = [.. parts.Where(person => person.ShowsP && person.Normal.Count >= LeastNormal)], ventricular = [.. parts.Where(person => person.Ventricular.Count >= LeastVentricular)];
        for (var index = 0; index < artificialRecords && normal.Length > 0; index++)
        {
            var (lead, annotations) = ArtificialRecord.Make(normal, ventricular, ArtificialBeats, random);
            var beats = BeatSet.Cut("artificial", lead, annotations);
            Add(new BeatRecord("artificial", beats, new bool[beats.Count]), Artificial);
        }

        return new SignalSet("beat-lessons", labels, inputs, classes, names);

        void Add(BeatRecord record, int[] most) => Take(record.Name, record.Beats, record.Measures, record.Aberrated, most);

        void Take(string name, IReadOnlyList<BeatExample> beats, IReadOnlyList<float[]> measures, IReadOnlyList<bool> aberrated, int[] most)
        {
            foreach (var of in Enumerable.Range(0, beats.Count).Where(beat => !aberrated[beat]).GroupBy(beat => (int)beats[beat].Class).OrderBy(of => of.Key))
            {
                var members = of.ToArray();
                random.Shuffle(members);
                foreach (var beat in members.Take(most[of.Key]))
                {
                    inputs.Add(measures[beat]);
                    classes.Add(of.Key);
                    names.Add(name);
                }
            }
        }
    }
}
