using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Networks;

namespace EcgImageWeb.Training.Models;

/// <summary>Every row of the tables of the three signal papers, and our own models beside them.</summary>
public static class SignalExperiments
{
    /// <summary>
    /// Rate of segments. The papers' 360 and 300 Hz cost four and three times as much; what tells the classes apart, width of QRS, P waves and RR
    /// intervals, lies below 45 Hz.
    /// </summary>
    public const double SegmentRateHz = 90;

    /// <summary>An oversampled epoch is 2.7 times as long as one that is not: half the epochs are more steps.</summary>
    private const int OversampledEpochs = 4;

    /// <summary>Of what ships for MIT-BIH: 4, 8 and 16 epochs gave macro F1 of 96.7, 97.15 and 97.56 in the mixed protocol; the rarest class (A) learns longest.</summary>
    private const int ShippedMitBihEpochs = 16;

    private const int SegmentEpochs = 8, PaperSegmentEpochs = 50, BeatEpochs = 6, RhythmEpochs = 30, OwnRhythmEpochs = 22, MeasuredRhythmEpochs = 22;

    /// <summary>Records of each rhythm, by the set's index.</summary>
    private static readonly int[] RhythmCounts = [1781, 336, 38, 101, 493, 259, 161];

    /// <summary>Beats of each AAMI class in the 48 records.</summary>
    private static readonly int[] BeatCounts = [90631, 2781, 7236, 803, 8043];

    /// <summary>Fibrillation, flutter and ectopic beats are what they are at any rate; the others are told by rate or by an interval.</summary>
    private static readonly double[] RhythmStretches = [0.02, 0.1, 0.1, 0.02, 0.02, 0.02, 0.1];

    private const string SegmentPreparation = "10 s of one lead in mV, resampled to 90 Hz", RhythmPreparation = "10 s of lead II in mV, resampled to 200 Hz";

    private static readonly string MeasuresOfBeats = $"filtered (high-pass 0.5 Hz, low-pass 45 Hz) at 360 Hz; {BeatMeasures.Count} measures of each beat relative to its recording";

    /// <summary>What ships, by the name of its folder in <c>models</c>, and the experiment it is.</summary>
    public static IReadOnlyDictionary<string, string> Shipped { get; } = new Dictionary<string, string>
    {
        ["segments"] = "sevgg11-lstm-o-half@mit-bih",
        ["af"] = "sevgg11-lstm-o-half@cinc2017",
        ["rhythm"] = "rhythm@rhythms",
        ["beats"] = "beat-measures@beats",
    };

    /// <summary>The experiments; names are unique.</summary>
    public static IReadOnlyList<SignalExperiment> All { get; } = [.. MitBih(), .. Cinc2017(), .. Rhythms(), .. Beats()];

    /// <summary>The experiment of that name, or that of a shipped model's name.</summary>
    /// <param name="name">For example <c>grunet@beats</c> or <c>beats</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SignalExperiment Named(string name)
        => All.FirstOrDefault(experiment => experiment.Name == Shipped.GetValueOrDefault(name, name))
            ?? throw new ArgumentException($"There is no signal experiment '{name}'; there are: {string.Join(", ", Shipped.Keys.Concat(All.Select(experiment => experiment.Name)))}.", nameof(name));

    private static IEnumerable<SignalExperiment> MitBih()
    {
        const string Table = "SEVGGNet-LSTM, table 6 (MIT-BIH)";
        return Segments("mit-bih", SegmentSet.MitBihLabels, sets => sets.MitBihSegments(SegmentRateHz), ShippedMitBihEpochs, new()
        {
            ["vgg11"] = new(Table, "VGG11", 0.972, 0.901, 0.898, 0.898),
            ["vgg13"] = new(Table, "VGG13", 0.979, 0.873, 0.943, 0.895),
            ["vgg16"] = new(Table, "VGG16", 0.963, 0.810, 0.858, 0.824),
            ["vgg11-lstm"] = new(Table, "VGG11-LSTM", 0.980, 0.911, 0.911, 0.911),
            ["vgg13-lstm"] = new(Table, "VGG13-LSTM", 0.980, 0.894, 0.919, 0.906),
            ["vgg16-lstm"] = new(Table, "VGG16-LSTM", 0.977, 0.867, 0.911, 0.888),
            ["sevgg11-lstm"] = new(Table, "SEVGG11-LSTM", 0.980, 0.933, 0.909, 0.919),
            ["sevgg11-lstm-o"] = new(Table, "SEVGG11-LSTM-O", 0.996, 0.984, 0.988, 0.986),
        });
    }

    private static IEnumerable<SignalExperiment> Cinc2017()
    {
        const string Table = "SEVGGNet-LSTM, table 7 (CinC 2017)";
        return Segments("cinc2017", SignalSets.Cinc2017Labels, sets => sets.Cinc2017(SegmentRateHz), OversampledEpochs, new()
        {
            ["vgg11"] = new(Table, "VGG11", 0.914, 0.647, 0.800, 0.689),
            ["sevgg11"] = new(Table, "SEVGG11", 0.972, 0.901, 0.898, 0.898),
            ["vgg11-lstm"] = new(Table, "VGG11-LSTM", 0.952, 0.841, 0.950, 0.885),
            ["vgg13-lstm"] = new(Table, "VGG13-LSTM", 0.945, 0.868, 0.893, 0.880),
            ["vgg16-lstm"] = new(Table, "VGG16-LSTM", 0.941, 0.798, 0.950, 0.853),
            ["sevgg11-lstm"] = new(Table, "SEVGG11-LSTM", 0.952, 0.877, 0.913, 0.894),
            ["sevgg11-lstm-o"] = new(Table, "SEVGG11-LSTM-O", 0.962, 0.931, 0.914, 0.922),
        });
    }

    /// <summary>
    /// Adam 0.001 and batches of 32 as in the paper; fewer epochs, so the rate falls to zero over them. The last row has half the paper's channels: a
    /// quarter of the arithmetic and of the file, and what ships.
    /// </summary>
    private static IEnumerable<SignalExperiment> Segments(string name, IReadOnlyList<string> labels, Func<SignalSets, SignalSet> set, int shippedEpochs, Dictionary<string, PaperFigures> rows)
    {
        var samples = (int)(SegmentRateHz * SegmentSet.SegmentS);
        foreach (var (row, printed) in rows) yield return Segment(SegmentNetworks.Create(row, samples, labels), printed, OversampledEpochs);
        const string Oversampled = "sevgg11-lstm-o";
        yield return Segment(SegmentNetworks.Create(Oversampled, samples, labels, widthDivisor: 2) with { Name = $"{Oversampled}-half" }, rows[Oversampled], shippedEpochs) with { AnswersByFrequency = true };

        SignalExperiment Segment(Network network, PaperFigures printed, int oversampledEpochs)
        {
            var oversampled = network.Name.Contains("-o", StringComparison.Ordinal);
            return new(
                $"{network.Name}@{name}", network, set,
                new TrainingOptions
                {
                    Epochs = oversampled ? oversampledEpochs : SegmentEpochs,
                    Rate = Schedule.Cosine(0.05),
                    Order = oversampled ? SignalExperiment.Oversampled : Sampling.Shuffled,
                },
                [.. SignalProtocols.Mixed, .. SignalProtocols.ByPatient], SegmentPreparation, PaperSegmentEpochs)
            {
                Printed = printed,
                Input = new SignalInput(SignalInput.Window, SegmentRateHz, samples),
                Augmentation = oversampled ? sets => new SignalAugmentation(SegmentRateHz, 0.05, sets.Noise(SegmentRateHz)) : null,
            };
        }
    }

    private static IEnumerable<SignalExperiment> Rhythms()
    {
        var paper = new TrainingOptions { Epochs = RhythmEpochs, LearningRate = 0.0001, Patience = 6 };
        foreach (var depth in RhythmNetworks.Depths)
        {
            foreach (var gated in new[] { false, true })
            {
                var network = RhythmNetworks.Create(depth, gated);
                yield return new SignalExperiment($"{network.Name}@rhythms", network, sets => sets.Rhythms(), paper, [SignalProtocols.Paper], RhythmPreparation)
                {
                    Printed = new(gated ? "SE-ResNet, table 1" : "SE-ResNet, table 2", gated ? $"SE-ResNet, {depth} layers" : $"ResNet, {depth} layers", null, null, null, depth == 152 ? gated ? 0.9705 : 0.9565 : null),
                };
            }
        }

        // Our own: few records and rare classes want balanced draws, distortions, mixed examples and a rate that rises and falls.
        const double Balance = 0.5;
        var own = new TrainingOptions
        {
            Epochs = OwnRhythmEpochs,
            LearningRate = 0.002,
            Rate = Schedule.OneCycle(0.2),
            WeightDecay = 0.02,
            Order = Sampling.Balanced(Balance),
            Loss = Loss.DrawnCrossEntropy(RhythmCounts, Balance),
            AverageDecay = 0.99,
        };
        var samples = Samples(gated: true);
        var measures = new SignalExperiment(
            $"{RhythmNetworks.Measures.Name}@rhythms", RhythmNetworks.Measures, sets => sets.MeasuredRhythms(),
            own with { Epochs = MeasuredRhythmEpochs, BatchSize = 64, LearningRate = 0.003, Loss = Loss.DrawnCrossEntropy(RhythmCounts, Balance / 2), AverageDecay = null },
            [SignalProtocols.Paper], $"{RhythmMeasures.Names.Count} measures of {RhythmPreparation}")
        {
            Lessons = (sets, records) => sets.RhythmLessons(records, Distortion(sets)),
            Mixup = new Mixup(Share: 0.5, Smoothing: 0.05),
            Members = 5,
        };
        var joint = new Shape(samples.Network.Input.Count + measures.Network.Input.Count);
        yield return samples;
        yield return Samples(gated: false);
        yield return measures;
        yield return new SignalExperiment(
            "rhythm@rhythms", samples.Network.Within(joint, 0) with { Name = "rhythm" }, sets => sets.RhythmsAndMeasures(), own, [SignalProtocols.Paper],
            $"{RhythmPreparation}, and {RhythmMeasures.Names.Count} measures of them")
        {
            Input = new SignalInput(SignalInput.MeasuredWindow, SegmentSet.RhythmRateHz, samples.Network.Input.Count),
            Joins = [new(samples, 0.5, 0), new(measures, 0.5, samples.Network.Input.Count)],
        };

        static SignalAugmentation Distortion(SignalSets sets) => new(SegmentSet.RhythmRateHz, 0.02, sets.Noise(SegmentSet.RhythmRateHz)) { ClassStretches = RhythmStretches };

        SignalExperiment Samples(bool gated)
        {
            var network = RhythmNetworks.Own(gated);
            return new($"{network.Name}@rhythms", network, sets => sets.Rhythms(), own, gated ? [SignalProtocols.Paper, .. SignalProtocols.Mixed] : [SignalProtocols.Paper], RhythmPreparation)
            {
                Augmentation = Distortion,
                Mixup = new Mixup(Share: 0.6, Smoothing: 0.05),
                Members = 2,
            };
        }
    }

    private static IEnumerable<SignalExperiment> Beats()
    {
        const string Table1 = "Grunet, table 1", Table2 = "Grunet, table 2";
        // Nine of ten beats are N: few epochs see enough of the rare classes only if these are drawn more often.
        const double Balance = 0.5;
        var options = new TrainingOptions
        {
            Epochs = BeatEpochs,
            BatchSize = 128,
            LearningRate = 0.002,
            Rate = Schedule.Cosine(0.05),
            Order = Sampling.Balanced(Balance),
            Loss = Loss.DrawnCrossEntropy(BeatCounts, Balance),
            // A step of Grunet: 0.72 s with one thread, 1.45 s with two.
            Threads = 1,
        };
        (BeatFilters Filters, string Name, PaperFigures Printed)[] filters =
        [
            (BeatFilters.LowPass, "low", new(Table1, "Butterworth low-pass filter", 0.9796, 0.9111, 0.9441, 0.9257)),
            (BeatFilters.HighPass, "high", new(Table1, "Butterworth high-pass filter", 0.9861, 0.9303, 0.9684, 0.9472)),
            (BeatFilters.Wavelet, "wavelet", new(Table1, "Wavelet transform", 0.9823, 0.9195, 0.9516, 0.9340)),
            (BeatFilters.HighPass | BeatFilters.LowPass, "high-low", new(Table1, "high-pass filter + low-pass filter", 0.9816, 0.9161, 0.9426, 0.9285)),
            (BeatFilters.HighPass | BeatFilters.Wavelet, "high-wavelet", new(Table1, "high-pass filter + Wavelet transform", 0.9834, 0.9207, 0.9513, 0.9348)),
            (BeatFilters.LowPass | BeatFilters.Wavelet, "low-wavelet", new(Table1, "low-pass filter + Wavelet transform", 0.9840, 0.9225, 0.9613, 0.9402)),
            (BeatFilters.All, "low-high-wavelet", new(Table1, "low-pass + high-pass + Wavelet", 0.9863, 0.9374, 0.9707, 0.9525)),
        ];

        // Table 1's last row and table 2's RNN are the same four figures, so table 1 was measured with the RNN.
        foreach (var (filter, name, printed) in filters)
            yield return Beat($"grunet-rnn@beats-{name}", BeatNetworks.RnnOnly, filter, printed, [SignalProtocols.Paper]);
        foreach (var (network, printed) in new[]
        {
            (BeatNetworks.RnnOnly, new PaperFigures(Table2, "RNN", 0.9863, 0.9374, 0.9707, 0.9525)),
            (BeatNetworks.Convolutions, new PaperFigures(Table2, "CNN", 0.9932, 0.9779, 0.9789, 0.9765)),
            (BeatNetworks.GruOnly, new PaperFigures(Table2, "GRU", 0.9871, 0.9443, 0.9728, 0.9574)),
            (BeatNetworks.Grunet, new PaperFigures(Table2, "GRU+CNN (Grunet)", 0.9956, 0.9792, 0.9876, 0.9833)),
        })
        {
            yield return Beat($"{network.Name}@beats", network, BeatFilters.All, printed, [SignalProtocols.Paper, SignalProtocols.Ds1ToDs2]);
        }

        yield return new SignalExperiment(
            "beat-measures-wide@beats", BeatNetworks.WideMeasures, sets => sets.MeasuredBeats(inStrips: false), options with { Epochs = 40, BatchSize = 512, LearningRate = 0.004 },
            [SignalProtocols.Paper], MeasuresOfBeats)
        { Members = 5 };

        // The same network, asked about ten seconds that know of nothing else, as a page has them: not to be chosen by, but to be said.
        yield return Measured("beat-measures@beats", inStrips: false, [SignalProtocols.Ds1ToDs2, .. SignalProtocols.WithinDs1]);
        yield return Measured("beat-measures@beat-strips", inStrips: true, [SignalProtocols.Ds1ToDs2]);

        static SignalExperiment Measured(string name, bool inStrips, IReadOnlyList<string> parts) => new(
            name, BeatNetworks.Measures, sets => sets.MeasuredBeats(inStrips),
            new TrainingOptions { Epochs = 8, BatchSize = 512, LearningRate = 0.005, Rate = Schedule.OneCycle(), WeightDecay = 0.01 }, parts,
            MeasuresOfBeats)
        {
            Input = new SignalInput(SignalInput.BeatMeasures, BeatInputs.SampleRateHz, 2 * BeatSet.Reach, SignalInput.BeatFilter),
            Lessons = (sets, records) => sets.BeatLessons(records),
            Members = 5,
        };

        SignalExperiment Beat(string name, Network network, BeatFilters filter, PaperFigures printed, IReadOnlyList<string> parts) => new(
            name, network, sets => sets.Beats(filter), options, parts, $"filtered ({filter}) at 360 Hz, 300 samples before R and from R on, mV")
        {
            Printed = printed,
        };
    }
}
