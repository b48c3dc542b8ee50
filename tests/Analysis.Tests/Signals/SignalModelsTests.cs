using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Signal.Records;
using EcgImageWeb.Signal.Rhythms;
using EcgImageWeb.Signal.Tests;

namespace EcgImageWeb.Analysis.Tests.Signals;

public class SignalModelsTests(SignalFixture fixture) : IClassFixture<SignalFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_lead_that_is_long_enough_has_its_answer_and_the_longest_speaks_for_all()
    {
        var column = MadeUp.Lead(500, 2.5, 0.8) with { Name = "V1" };
        var stub = MadeUp.Lead(500, 1, 0.8) with { Name = "V2" };

        var answers = fixture.Models.Ask([column, stub, SignalFixture.Strip], null, null, Ct);

        Assert.Equal("2.5 s, model trained on 10 s", answers.Leads[0]!["rhythm"].Note);
        Assert.Null(answers.Leads[1]);
        Assert.Null(answers.Leads[2]!["rhythm"].Note);
        var rhythm = answers.Whole!["rhythm"];
        Assert.Equal(("II", "pvc"), (rhythm.Lead, rhythm.Class));
        Assert.Equal(1, rhythm.Probabilities.Values.Sum(), 3);
        Assert.Equal(["af", "beats", "rhythm"], answers.Models.Select(model => model.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_beat_of_the_strip_stands_at_its_time_with_its_class()
    {
        var beats = fixture.Models.Ask([SignalFixture.Strip], null, null, Ct).Beats!;

        Assert.Equal(12, beats.Count);
        Assert.All(beats, beat => Assert.Equal(Math.Abs(beat.TimeS - SignalFixture.WideS) < 0.03 ? "V" : "N", beat.Class));
        Assert.Single(beats, beat => beat.Class == "V");
        Assert.Equal(0.5, beats[0].TimeS, 2);
        Assert.All(beats, beat => Assert.InRange(beat.Probability, 0.2, 1));
    }

    [Fact]
    public void Rate_and_intervals_are_measured_without_any_model()
    {
        var measured = fixture.Models.Ask([MadeUp.Lead(500, 10, 0.8)], [], null, Ct);

        Assert.Null(measured.Whole);
        Assert.Null(measured.Beats);
        Assert.Equal(75, measured.Measurements!.HeartRateBpm!.Value, 0.5);
        Assert.InRange(measured.Measurements.QtMs!.Value, 300, 450);
        Assert.Equal(["II"], measured.Measurements.Leads);
    }

    [Fact]
    public void A_lead_of_gaps_only_has_no_answer_and_one_with_a_gap_is_bridged()
    {
        var gaps = new LeadSignal("II", 500, [.. Enumerable.Repeat(float.NaN, 5000)]);
        Assert.Null(fixture.Models.Ask([gaps], null, null, Ct).Whole);

        var strip = SignalFixture.Strip with { Mv = (float[])SignalFixture.Strip.Mv.Clone() };
        strip.Mv.AsSpan(1000, 300).Fill(float.NaN);
        var answers = fixture.Models.Ask([strip], null, null, Ct);
        Assert.True(answers.Whole!["rhythm"].Probabilities.Values.All(double.IsFinite));
        Assert.True(answers.Beats!.All(beat => double.IsFinite(beat.Probability)));
    }

    [Fact]
    public void A_short_lead_ends_with_its_last_value_repeated_and_a_long_one_is_cut_into_windows()
    {
        var input = new SignalInput(SignalInput.Window, 100, 1000);
        var ramp = new LeadSignal("II", 100, [.. Enumerable.Range(0, 300).Select(i => (float)i)]);
        var padded = LeadWindows.Of(ramp, input);
        Assert.Equal(1000, padded.Inputs[0].Length);
        Assert.All(padded.Inputs[0][300..], value => Assert.Equal(299, value));

        var long26 = new LeadSignal("II", 100, [.. Enumerable.Range(0, 2600).Select(i => (float)i)]);
        // Two whole windows, and one more that ends with the lead.
        Assert.Equal([0, 1000, 1600], LeadWindows.Of(long26, input).Inputs.Select(window => (int)window[0]));
        Assert.Null(LeadWindows.Of(long26, input).Note);
    }

    [Fact]
    public void A_window_with_measures_holds_those_of_its_own_samples_and_of_a_short_lead_those_of_what_is_known()
    {
        var input = new SignalInput(SignalInput.MeasuredWindow, RhythmMeasures.SampleRateHz, 2000);
        var whole = LeadWindows.Of(MadeUp.Lead(RhythmMeasures.SampleRateHz, 10, 0.8), input).Inputs[0];
        Assert.Equal(RhythmMeasures.Of(whole.AsSpan(0, 2000)), whole[2000..]);

        var lead = MadeUp.Lead(RhythmMeasures.SampleRateHz, 3, 0.8);
        var part = LeadWindows.Of(lead, input).Inputs[0];
        Assert.Equal(whole.Length, part.Length);
        Assert.Equal(RhythmMeasures.Of(lead.Mv), part[2000..]);
        Assert.NotEqual(RhythmMeasures.Of(part.AsSpan(0, 2000)), part[2000..]);
    }

    [Fact]
    public void Of_a_recording_longer_than_two_hours_windows_are_taken_evenly_and_said()
    {
        var day = new LeadSignal("II", 60, [.. Enumerable.Range(0, 60 * 8000).Select(i => i % 60 == 0 ? 1f : 0)]);
        var windows = LeadWindows.Of(day, new SignalInput(SignalInput.Window, 60, 600));
        Assert.Equal((LeadWindows.MaxWindows, "720 of 800 windows"), (windows.Inputs.Count, windows.Note));
    }

    [Fact]
    public void Beats_of_a_long_recording_are_prepared_in_blocks_as_each_would_be_by_itself()
    {
        var lead = MadeUp.Lead(120, 2000, 0.9);
        var peaks = RPeakDetector.Detect(lead);
        var inputs = BeatInputs.Of(lead, peaks).SelectMany(block => block).ToArray();
        Assert.Equal(peaks.Length, inputs.Length);
        // On both sides of the block's border at 1800 s; of a regular recording a minute is like the whole.
        var border = Array.FindIndex(peaks, peak => peak >= 1800 * 120);
        foreach (var beat in new[] { border - 1, border })
            Assert.All(inputs[beat].Zip(BeatInputs.One(lead, peaks, beat)), pair => Assert.Equal(pair.Second, pair.First, 0.1f));
    }

    [Fact]
    public void A_beat_of_a_recording_at_the_rate_of_training_is_prepared_as_in_training()
    {
        var lead = MadeUp.Lead(BeatInputs.SampleRateHz, 100, 0.9);
        // Training leaves out the beats at the ends, whose windows the recording does not hold.
        int[] peaks = [.. RPeakDetector.Detect(lead).Where(peak => peak >= BeatSet.Reach && peak + BeatSet.Reach <= lead.Mv.Length)];
        var trained = BeatSet.Cut("made up", BeatInputs.Filters.Apply(lead), peaks.Select(peak => new Annotation(peak, AnnotationCode.Normal)));
        var inTraining = BeatMeasures.Of([.. trained.Select(beat => beat.Window)]);
        var asked = BeatInputs.Of(lead, peaks).SelectMany(block => block).ToArray();
        Assert.Equal(inTraining.Length, asked.Length);
        Assert.All(asked.Zip(inTraining), beat => Assert.All(beat.First.Zip(beat.Second), pair => Assert.Equal(pair.Second, pair.First, 1e-5f)));
    }

    [Fact]
    public void A_manifest_that_asks_for_another_preparation_is_refused()
    {
        var json = new SignalInput(SignalInput.Window, 100, 1000).ToJson("10 s");
        json["filter"] = "median";
        var manifest = new ModelManifest
        {
            Name = "odd",
            Version = "1",
            File = "odd.onnx",
            Sha256 = new string('0', 64),
            Task = ModelTask.Signal,
            Labels = ["a"],
            Input = new ModelInput { Name = "input", Shape = [ModelAxis.Batch, 1000], Preprocessing = json },
        };
        Assert.Equal(ModelFault.BadManifest, Assert.Throws<ModelException>(() => SignalInput.Of(manifest)).Fault);
    }
}
