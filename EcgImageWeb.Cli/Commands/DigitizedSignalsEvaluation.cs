using System.Globalization;
using EcgImageWeb.Analysis;
using EcgImageWeb.Analysis.Signals;
using EcgImageWeb.Inference;
using EcgImageWeb.Inference.Models;
using EcgImageWeb.Signal;
using EcgImageWeb.Signal.Beats;
using EcgImageWeb.Signal.DataSets;
using EcgImageWeb.Signal.Detection;
using EcgImageWeb.Training.Data;
using EcgImageWeb.Training.Evaluation;
using EcgImageWeb.Training.Learning;
using EcgImageWeb.Training.Models;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;

namespace EcgImageWeb.Cli.Commands;

/// <summary>
/// <c>evaluate digitized-signals</c>: how far the signal models' figures fall when a recording goes over paper: drawn on a page, looked at, read again. What
/// was read is kept, so that models are asked anew in seconds. The shipped models have learned from these very recordings and know them by heart; the networks
/// that measured their protocols have not, and where they are there they are asked as well.
/// </summary>
internal static class DigitizedSignalsEvaluation
{
    private const double SameBeatS = 0.15;
    private const double UsualMmPerS = 25;
    private const string Missed = "", AllLooks = "all";

    // Looked at on 110 pages: the nine below stood on their head, had another speed or a time axis stretched by several per cent.
    private const double ReadRight = 0.5;

    // Of fewer, one page is more than what is asked about.
    private const int FewestPages = 20;

    private static readonly PageFormat Format = PageFormat.Named("3x4+1");

    private const string StripLead = "II";

    /// <summary>
    /// The strip is lead II and the others are multiples of it, since what is measured is the paper and not the choice of lead. A heart whose field keeps its direction has such leads;
    /// they fit together (Einthoven, Goldberger), by which a reader tells names and which way is up.
    /// </summary>
    private static readonly Dictionary<string, float> ShareOfStrip = new()
    {
        ["I"] = 0.6f,
        ["II"] = 1,
        ["III"] = 0.4f,
        ["aVR"] = -0.8f,
        ["aVL"] = 0.1f,
        ["aVF"] = 0.7f,
        ["V1"] = -0.5f,
        ["V2"] = -0.3f,
        ["V3"] = 0.4f,
        ["V4"] = 1.1f,
        ["V5"] = 1,
        ["V6"] = 0.8f,
    };

    private static readonly string[] Looks = ["clean", "scan", "photo"];

    /// <summary>Says what it finds in a lead: the time and class of each beat, or one class at time 0.</summary>
    private delegate (double TimeS, string Class)[] Asked(LeadSignal lead);

    public static object Run(string data, string? parts, int count, CancellationToken cancellationToken)
    {
        using var library = AnalyzeCommand.OpenLibrary(InferenceDevice.Cpu);
        var all = DigitizedStrips.Sets.SelectMany(set => Looks.Select(look => (set.Set, Look: look))).ToArray();
        var wanted = parts is null or "report" ? all : [.. parts.Split(',').Select(part => all.FirstOrDefault(known => $"{known.Set}:{known.Look}" == part) is { Set: not null } known
            ? known
            : throw new UsageException($"There is no part '{part}'; there are {string.Join(", ", all.Select(known => $"{known.Set}:{known.Look}"))}."))];
        var source = new DigitizedStrips(data);
        if (parts is not null && wanted.FirstOrDefault(part => !source.Has(part.Set)) is { Set: { } missing } && parts != "report")
            throw new UsageException($"The recordings of {missing} are not in {data}.");
        var strips = DigitizedStrips.Sets.Where(set => source.Has(set.Set)).ToDictionary(set => set.Set, set => source.Of(set.Set, count));
        if (parts != "report")
            Fill(strips, library, [.. wanted.Where(part => strips.ContainsKey(part.Set))], cancellationToken);
        return Report(strips, library, data, Math.Min(FewestPages, count), cancellationToken);
    }

    private static void Fill(Dictionary<string, IReadOnlyList<DigitizedStrip>> strips, ModelLibrary library, (string Set, string Look)[] parts, CancellationToken cancellationToken)
    {
        var analyzer = new PageAnalyzer(new ImageModels(library), DecodeLimits.Default);
        // Every part's first pages first: what is there when it is stopped is of all of them.
        var pages = parts.SelectMany(part => strips[part.Set].Select((strip, seed) => (part.Set, part.Look, Strip: strip, Seed: seed))).OrderBy(page => page.Seed).ToArray();
        Progress.Run("pages", pages.Length, step =>
        {
            foreach (var (set, look, strip, seed) in pages)
            {
                step($"{set}:{look} {strip.Name}");
                var file = FileOf(set, look, strip.Name);
                if (!File.Exists(file))
                    OverPaper(analyzer, strip, look, seed, file, cancellationToken).Write(file);
            }
        });
    }

    private static StripReading OverPaper(PageAnalyzer analyzer, DigitizedStrip strip, string look, int seed, string file, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var design = PageDesigns.Draw(random, Format);
        // All ten seconds, at the speed of most pages: others show half of them.
        while (design.MmPerS != UsualMmPerS || design.Seconds < SegmentSet.SegmentS || design.RhythmLeads[0] != StripLead)
            design = PageDesigns.Draw(random, Format);
        var wear = PageWears.Draw(random, Enum.Parse<PageLook>(look, ignoreCase: true), isHard: false, design);
        var page = PageGenerator.Generate([.. PageGenerator.LeadNames.Select(name => new LeadSignal(name, strip.Lead.SampleRateHz, Array.ConvertAll(strip.Lead.Mv, value => ShareOfStrip[name] * value)))], design, wear, seed, cancellationToken);
        var reading = Read();
        // To be looked at: what was wrong with them?
        if (reading.Agreement(strip.Lead).Correlation < ReadRight)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(Path.ChangeExtension(file, page.FileType), page.File);
        }
        return reading;

        StripReading Read()
        {
            try
            {
                var leads = analyzer.Analyze($"page.{page.FileType}", page.File, new AnalysisOptions(Models: []), null, cancellationToken).Signals!.Leads.Select(lead => lead.Signal).ToArray();
                return StripChoice.Of(leads) is >= 0 and var chosen ? new StripReading(strip.Name, look, leads[chosen], null) : new StripReading(strip.Name, look, null, "no-signal");
            }
            catch (RefusalException refused)
            {
                return new StripReading(strip.Name, look, null, refused.Code);
            }
        }
    }

    private static List<object> Report(Dictionary<string, IReadOnlyList<DigitizedStrip>> strips, ModelLibrary library, string data, int fewest, CancellationToken cancellationToken)
    {
        var (models, evaluation) = (new SignalModels(library), SignalPapersEvaluation.Open(data, null));
        var (figures, rows, cases, beats) = (new List<object>(), new List<string[]>(), new List<string[]>(), new List<string[]>());
        foreach (var (set, names) in DigitizedStrips.Sets.Where(set => strips.ContainsKey(set.Set)))
        {
            var readings = Looks.SelectMany(look => strips[set].Select(strip => (Strip: strip, Reading: StripReading.Read(FileOf(set, look, strip.Name)))))
                .Where(page => page.Reading is not null).Select(page => (page.Strip, Reading: page.Reading!, Agreement: page.Reading!.Agreement(page.Strip.Lead))).ToArray();
            foreach (var name in names.Where(name => models.Manifests.Any(manifest => manifest.Name == name)))
            {
                var labels = models.Manifests.First(manifest => manifest.Name == name).Labels;
                foreach (var (network, ask) in Networks(models, evaluation, name, cancellationToken))
                {
                    var recorded = readings.Select(page => page.Strip).Distinct().ToDictionary(strip => strip.Name, strip => Answers(ask, strip.Lead, strip, name == "beats"));
                    var answers = readings.Where(page => page.Reading.Lead is not null).Select(page => new DigitizedAnswers(
                        page.Reading.Look, page.Strip.Name, Truth(page.Strip, name == "beats"), recorded[page.Strip.Name],
                        // What is read of a page is levelled before the models see it.
                        Answers(ask, LevelLead.Of(page.Reading.Lead!), page.Strip, name == "beats", page.Agreement.ShiftS), page.Agreement.Correlation)).ToArray();
                    foreach (var look in Looks.Append(AllLooks))
                    {
                        var chosen = answers.Where(answer => look is AllLooks || answer.Look == look).ToArray();
                        if (chosen.Length < fewest)
                            continue;
                        var right = chosen.Where(answer => answer.Agreement >= ReadRight).ToArray();
                        var refused = readings.Where(page => page.Reading.Lead is null && (look is AllLooks || page.Reading.Look == look)).CountBy(page => page.Reading.Refusal ?? "refused").Select(code => $"{code.Value} {code.Key}");
                        var (all, ofRight) = (Fall.Of(labels, chosen), Fall.Of(labels, right));
                        rows.Add([
                            name, network, look, $"{chosen.Length}", string.Join(", ", refused), Percent(all.Before), Percent(all.After), $"{all}", Percent(all.Same),
                            $"{chosen.Length - right.Length}", $"{ofRight}", Percent(ofRight.Same)]);
                        figures.Add(new { model = name, network, look, pages = chosen.Length, all, misread = chosen.Length - right.Length, read_right = ofRight });
                    }
                    if (name == "beats")
                        beats.AddRange(answers.Where(answer => answer.Agreement >= ReadRight)
                            .SelectMany(answer => answer.Truth.Zip(answer.Recorded, answer.Digitized).Select(beat => (Truth: beat.First, Recorded: beat.Second, Digitized: beat.Third)))
                            .Where(beat => beat.Recorded != beat.Digitized).CountBy(beat => beat).OrderByDescending(beat => beat.Value)
                            .Select(beat => new[] { network, beat.Key.Truth, Found(beat.Key.Recorded), Found(beat.Key.Digitized), $"{beat.Value}" }));
                    else
                        cases.AddRange(answers.Where(answer => answer.Recorded[0] != answer.Digitized[0]).Select(answer => new[]
                        {
                            name, network, answer.Look, answer.Name, answer.Truth[0], answer.Recorded[0], answer.Digitized[0], answer.Agreement.ToString("0.00", CultureInfo.InvariantCulture),
                        }));
                }
            }
        }
        if (rows.Count == 0)
            throw new UsageException($"Fewer than {fewest} pages were read by this very program; run ./ecg evaluate digitized-signals without 'report'.");
        Write(rows, cases, beats);
        return figures;
    }

    private static void Write(List<string[]> rows, List<string[]> cases, List<string[]> beats)
    {
        var report = $"""
            # Signal models on what comes back from paper

            A strip of ten seconds, as recorded and after it was drawn on a page (3x4+1, 25 mm/s, any design, mild wear), looked at and read again. In percent; classes in
            equal numbers as far as there are; figures over the pages that were not refused. F1 is the mean over the classes; its fall with a 95 % interval (strips drawn with
            replacement, 2,000 times). `shipped` is the model that ships and has learned from these very recordings: it knows them by heart and cannot but fall. `held out` is
            the same network as its protocol trained it (rhythm: paper, af and segments: mixed1, beats: ds1-ds2), for which these strips are new. `misread` pages are those whose
            strip correlates with the recording by less than {ReadRight.ToString("0.0", CultureInfo.InvariantCulture)} at the best shift: on their head, at another speed, with a stretched time axis. No signal model can mend these; what is left
            when they are left out is what drawing, paper and camera do to a trace.
            Seed 1; commit {Repository.Commit() ?? "unknown"}; `./ecg evaluate digitized-signals` repeats it.

            {MarkdownTable.Of(["model", "network", "look", "pages", "refused", "F1, recorded", "F1, digitized", "F1 falls by", "same answer", "misread", "falls by, without them", "same answer, without them"], rows)}
            ## Strips that got another answer

            {MarkdownTable.Of(["model", "network", "look", "strip", "truth", "recorded", "digitized", "correlation"], cases)}
            ## Beats that got another answer, on pages that were not misread

            {MarkdownTable.Of(["network", "truth", "recorded", "digitized", "beats"], beats)}
            """;
        Console.WriteLine(report);
        var file = Path.Combine(Repository.Root, "docs", "results", "digitized-signals.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, report);
        Console.Error.WriteLine($"Written to {file}.");
    }

    private static IEnumerable<(string Network, Asked Ask)> Networks(SignalModels models, Training.Models.SignalEvaluation evaluation, string name, CancellationToken cancellationToken)
    {
        yield return ("shipped", lead => models.Ask([lead], [name], null, cancellationToken) is var said && name == "beats"
            ? [.. (said.Beats ?? []).Select(beat => (beat.TimeS, beat.Class))]
            : [(0, said.Whole?.GetValueOrDefault(name)?.Class ?? Missed)]);
        var experiment = SignalExperiments.Named(name);
        if (evaluation.Find(experiment.Name, DigitizedStrips.PartOf(name)) is null)
            yield break;
        var (trained, manifest) = (evaluation.Trained(experiment, DigitizedStrips.PartOf(name)), models.Manifests.First(manifest => manifest.Name == name));
        yield return ("held out", lead =>
        {
            if (name != "beats")
                return LeadWindows.Of(lead, SignalInput.Of(manifest)).Inputs is { Count: > 0 } windows ? [(0, Classes(windows)[0])] : [(0, Missed)];
            var rPeaks = RPeakDetector.Detect(lead);
            return rPeaks.Length == 0 ? [] : [.. Classes([.. BeatInputs.Of(lead, rPeaks).SelectMany(block => block)]).Select((label, beat) => (lead.TimeOf(rPeaks[beat]), label))];
        }
        );

        string[] Classes(IReadOnlyList<float[]> inputs) =>
            [.. Predictor.Probabilities(trained, new ArrayExamples(experiment.Network.Input, manifest.Labels.Count, inputs, new int[inputs.Count]), cancellationToken: cancellationToken)
                .Select(row => manifest.Labels[Array.IndexOf(row, row.Max())])];
    }

    private static string[] Truth(DigitizedStrip strip, bool ofBeats) => ofBeats ? [.. strip.Beats.Select(beat => beat.Class)] : [strip.Label];

    /// <summary>The answer for the strip, or for each of its true beats.</summary>
    private static string[] Answers(Asked ask, LeadSignal lead, DigitizedStrip strip, bool ofBeats, double laterS = 0)
    {
        var said = ask(lead);
        return !ofBeats ? [said[0].Class] : [.. strip.Beats.Select(beat =>
            said.Length > 0 && said.MinBy(one => Math.Abs(one.TimeS - beat.TimeS - laterS)) is var nearest && Math.Abs(nearest.TimeS - beat.TimeS - laterS) <= SameBeatS ? nearest.Class : Missed)];
    }

    /// <summary>Accuracy, and mean F1 of the classes that occur; a beat that was not found has no class, which is wrong.</summary>
    internal static (double Accuracy, double F1) Score(IReadOnlyList<string> labels, IReadOnlyList<DigitizedAnswers> items, Func<DigitizedAnswers, string[]> answersOf)
    {
        string[] known = [.. labels, Missed];
        var matrix = ConfusionMatrix.Of(
            known, [.. items.SelectMany(item => item.Truth).Select(label => Array.IndexOf(known, label))], [.. items.SelectMany(answersOf).Select(label => Array.IndexOf(known, label))]);
        return (matrix.Accuracy, Enumerable.Range(0, labels.Count).Where(label => matrix.Support(label) > 0).Select(matrix.F1).DefaultIfEmpty(0).Average());
    }

    /// <summary>F1 before and after the page, its fall with an interval, and the share of answers that stayed.</summary>
    private sealed record Fall(double Before, double After, Interval Interval, double Same)
    {
        public static Fall Of(IReadOnlyList<string> labels, DigitizedAnswers[] answers)
        {
            if (answers.Length == 0)
                return new Fall(0, 0, new Interval(0, 0), 0);
            (double Before, double After) Scores(DigitizedAnswers[] some) => (Score(labels, some, answer => answer.Recorded).F1, Score(labels, some, answer => answer.Digitized).F1);
            var (before, after) = Scores(answers);
            // The looks of one strip are drawn together.
            var interval = Bootstrap.Percentile([.. answers.Select(answer => answer.Name)], sample => Scores([.. sample.Select(index => answers[index])]) is var drawn ? drawn.Before - drawn.After : 0);
            return new Fall(before, after, interval, answers.SelectMany(answer => answer.Recorded.Zip(answer.Digitized)).Average(pair => pair.First == pair.Second ? 1.0 : 0));
        }

        public override string ToString() => $"{Percent(Before - After)} ({Percent(Interval.Low)} to {Percent(Interval.High)})";
    }

    // Of this very reader: another reads otherwise.
    private static string FileOf(string set, string look, string name) => Path.Combine(
        Repository.Root, "runs", "evaluation-digitized", $"{typeof(PageGenerator).Assembly.ManifestModule.ModuleVersionId:N}"[..12], $"{set}-{look}", name + ".json");

    private static string Found(string label) => label is Missed ? "not found" : label;

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
