using System.Runtime.CompilerServices;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Training.Data;

namespace EcgImageWeb.Training.Tests;

/// <summary>The published recordings as examples; without them these are skipped.</summary>
public sealed class SignalSetsTests : IDisposable
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("ECG_DATA") ?? Path.GetFullPath(Path.Combine(Here(), "../../../.cache/signals"));

    private readonly string _cache = Directory.CreateTempSubdirectory("ecg-tests-").FullName;

    [Fact]
    public void Mit_bih_segments_are_ten_seconds_of_both_leads_with_the_counts_of_the_stated_rule()
    {
        var set = Sets("mitdb").MitBihSegments(90);
        Assert.Equal([7954, 3394, 1340, 1236, 888], Enumerable.Range(0, 5).Select(label => set.Classes.Count(known => known == label)));
        Assert.All(set.Inputs, input => Assert.Equal(900, input.Length));
        Assert.All(set.Inputs, input => Assert.DoesNotContain(input, float.IsNaN));
    }

    [Fact]
    public void Rhythms_are_2000_samples_with_the_counts_of_the_index()
    {
        var set = Sets("rhythm-lead-ii").Rhythms();
        Assert.Equal([1781, 336, 38, 101, 493, 259, 161], Enumerable.Range(0, 7).Select(label => set.Classes.Count(known => known == label)));
        Assert.All(set.Inputs, input => Assert.Equal(2000, input.Length));
        Assert.All(set.Inputs, input => Assert.DoesNotContain(input, float.IsNaN));
        Assert.InRange(set.Inputs.Average(input => input.Max() - input.Min()), 0.5, 3);
    }

    [Fact]
    public void Cinc_segments_are_ten_seconds_of_their_record()
    {
        var set = Sets("cinc2017-n-af").Cinc2017(90);
        Assert.All(set.Inputs, input => Assert.Equal(900, input.Length));
        // Records shorter than ten seconds have none.
        Assert.InRange(set.Records.Distinct().Count(), 5200, 5358);
        Assert.All(set.Records.Zip(set.Classes).GroupBy(entry => entry.First), record => Assert.Single(record.Select(entry => entry.Second).Distinct()));
        TestContext.Current.SendDiagnosticMessage($"{set.Count} segments, {set.Classes.Sum()} of AF");
    }

    [Fact]
    public void Beats_hold_nearly_all_of_mit_bih()
    {
        var set = Sets("mitdb").Beats(BeatFilters.None);
        // 109,494 beats but for those whose 0.83 s on either side the record does not hold.
        Assert.InRange(set.Count, 109_300, 109_494);
        Assert.Equal(22, SignalProtocols.Divide(set, SignalProtocols.Ds1ToDs2, needsValidation: false).Test.Select(index => set.Records[index]).Distinct().Count());
        Assert.DoesNotContain(SignalProtocols.Divide(set, SignalProtocols.Ds1ToDs2, needsValidation: false).Train, index => MitBih.Paced.Contains(set.Records[index]));
    }

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private SignalSets Sets(string folder)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, folder)), $"The recordings \"{folder}\" are not in {Folder}; unpack them there or set ECG_DATA.");
        return new SignalSets(Folder, _cache);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
