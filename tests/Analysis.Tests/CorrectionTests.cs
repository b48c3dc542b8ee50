using EcgImageWeb.Analysis.Corrections;
using EcgImageWeb.Analysis.Results;
using EcgImageWeb.Vision;
using EcgImageWeb.Vision.Decoding;
using EcgImageWeb.Vision.Geometry;
using EcgImageWeb.Vision.Layout;
using EcgImageWeb.Vision.Synthesis;
using EcgImageWeb.Vision.Tracing;

namespace EcgImageWeb.Analysis.Tests;

/// <summary>What becomes of a page when a person corrects it.</summary>
public sealed class CorrectionTests(Analyzed analyzed)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AnalysisResult Before => analyzed.Page.Result;

    [Fact]
    public void Speed_and_gain_of_the_person_are_those_of_time_and_amplitude()
    {
        var page = Correct(new PageCorrections { MmPerS = 50, MmPerMv = 20 });

        Assert.Equal((50, "user", 20, "user"), (page.Result.Geometry.MmPerS, page.Result.Geometry.SpeedFrom, page.Result.Geometry.MmPerMv, page.Result.Geometry.GainFrom));
        Assert.DoesNotContain(page.Result.Warnings, warning => warning.Code is "speed-assumed" or "gain-assumed" or "speed-and-gain-assumed");
        foreach (var (lead, was) in page.Result.Leads.Zip(Before.Leads))
            Assert.Equal((was.StartS / 2, was.EndS / 2), (lead.StartS, lead.EndS));
        Assert.Equal(Swing(analyzed.Page, 0) / 2, Swing(page, 0), 0.02);
        Assert.Equal(50, page.Result.Corrections!.MmPerS);
        Assert.Null(Before.Corrections);
    }

    [Fact]
    public void A_name_goes_to_the_signals_and_two_leads_that_change_names_change_nothing_else()
    {
        var page = Correct(new PageCorrections { Leads = [new("V1", "V2"), new("V2", "V1")] });

        var lead = page.Result.Leads[6];
        Assert.Equal(("V1", "V2", "user", (string?)null), (lead.Key, lead.Name, lead.NameFrom, lead.BoxFrom));
        Assert.Equal(Before.Layout.From, page.Result.Layout.From);
        Assert.Equal(Known(analyzed.Page, "V1"), Known(page, "V2"));
        Assert.Equal(Known(analyzed.Page, "V2"), Known(page, "V1"));
        // The model that sees the whole page takes the leads by their names: it now sees them changed.
        Assert.Contains("page", page.Result.Page.ImageModels!.Keys);
    }

    [Fact]
    public void A_box_of_the_person_is_read_and_the_others_stay_as_they_were()
    {
        var was = Before.Leads[8].Box;
        var box = was with { Y = was.Y + 10, Height = was.Height - 25 };

        var page = Correct(new PageCorrections { Leads = [new("V3", null, box)] });

        Assert.Equal(("user", "user"), (page.Result.Layout.From, page.Result.Leads[8].BoxFrom));
        Assert.Equal(box, page.Result.Leads[8].Box);
        Assert.Equal((box.Width, box.Height), (page.Leads[8].Raw.Width, page.Leads[8].Raw.Height));
        Assert.Equal((2.5, 5 + 2.5), (page.Result.Leads[8].EndS - page.Result.Leads[8].StartS, page.Result.Leads[8].EndS));
        Assert.InRange(Different(analyzed.Page.Traces[8], page.Traces[8]), 0, 0.05);
        for (var i = 0; i < 13; i++)
            if (i != 8)
                Assert.Equal(analyzed.Page.Traces[i].Row, page.Traces[i].Row);
    }

    [Fact]
    public void A_box_that_is_half_as_wide_holds_half_the_time()
    {
        var was = Before.Leads[12].Box;

        var page = Correct(new PageCorrections { Leads = [new("rhythm", null, was with { Width = was.Width / 2 })] });

        Assert.Equal((0, 5), (page.Result.Leads[12].StartS, Math.Round(page.Result.Leads[12].EndS, 1)));
        Assert.Equal(2500, page.Signals!.Leads[12].Signal.Mv.Length, 30.0);
    }

    [Fact]
    public void Corners_of_the_person_cut_the_page_out_of_its_picture()
    {
        var picture = OnATable(PageDecoder.Decode(Analyzed.PageBytes, DecodeLimits.Default, Ct).Pixels, 140, 90);
        var corners = new double[][] { [140, 90], [140 + 2213, 90], [140 + 2213, 90 + 1572], [140, 90 + 1572] };

        var page = analyzed.Analyzer.Analyze(
            "photo.png", EcgImageWeb.Vision.Rendering.RasterEncoder.Png(picture), new AnalysisOptions(["cnn"], Corrections: new PageCorrections { Corners = corners }), null, Ct);

        Assert.Equal("user", page.Result.Geometry.CornersFrom);
        Assert.Equal(corners, page.Result.Geometry.Corners);
        Assert.Equal((2213, 1572), (page.Page.Pixels.Width, page.Page.Pixels.Height));
        Assert.Equal(Before.Leads.Select(lead => lead.Name), page.Result.Leads.Select(lead => lead.Name));
        Assert.InRange(Different(analyzed.Page.Traces[12], page.Traces[12]), 0, 0.05);
    }

    [Fact]
    public void What_is_told_is_told_of_the_page_as_its_names_stand()
    {
        var named = PageDecoder.Decode(UnnamedPage.Drawn(UnnamedPage.Design with { LabelMm = 3, Pulse = PulsePlace.None }, Ct), DecodeLimits.Default, Ct);
        var upright = PageUprighter.Upright(named, Ct);

        var standing = PageLocator.Stand(named, GivenPage.Turn(upright, 180), null, Ct);

        Assert.Equal(upright.Pixels.Pixels, standing.Pixels.Pixels);
        Assert.Equal(upright.Corners, standing.Corners);
        // Where no name tells anything, the page is the one that was seen.
        var unnamed = PageDecoder.Decode(UnnamedPage.Png(Ct), DecodeLimits.Default, Ct);
        var seen = PageUprighter.Upright(unnamed, Ct);
        Assert.Same(seen, PageLocator.Stand(unnamed, seen, null, Ct));
    }

    [Fact]
    public void Four_quarter_turns_are_none()
    {
        var page = analyzed.Page.Page;

        var turned = GivenPage.Turn(page, 90);

        Assert.Equal((1572, 2213), (turned.Pixels.Width, turned.Pixels.Height));
        // The page's top left is now where its top right was.
        Assert.Equal(page.Corners[1], turned.Corners[0]);
        var back = GivenPage.Turn(GivenPage.Turn(turned, 180), 90);
        Assert.Equal(page.Pixels.Pixels, back.Pixels.Pixels);
        Assert.Equal(page.Corners, back.Corners);
    }

    [Fact]
    public void A_redrawn_piece_follows_the_ink_between_the_points()
    {
        var trace = analyzed.Page.Traces[12];
        double[] At(int column) => [trace.Place.Box.X + column + 0.5, trace.Row[column]];

        var page = Correct(new PageCorrections { Redrawn = [new("rhythm", [At(100), At(700)])] });

        Assert.Equal(1, page.Result.Leads[12].Redrawn);
        Assert.Null(page.Result.Leads[11].Redrawn);
        Assert.InRange(Different(trace, page.Traces[12]), 0, 0.06);
        // What is drawn by hand is sure.
        var rate = page.Signals!.SampleRateHz;
        Assert.All(page.Signals.Leads[12].Confidence[(int)(1.0 * rate)..(int)(3.0 * rate)], sure => Assert.Equal(1, sure));
    }

    [Fact]
    public void A_redrawn_piece_goes_where_the_person_points_even_beside_the_trace()
    {
        var trace = analyzed.Page.Traces[12];
        var (x, y) = (trace.Place.Box.X + 300, trace.Place.Box.Y + 20);

        var page = Correct(new PageCorrections { Redrawn = [new("rhythm", [[x, y], [x + 20, y], [x + 40, y]])] });

        Assert.All(page.Traces[12].Row[300..340], row => Assert.Equal(y, row, 8.0));
        Assert.Equal(trace.Row[..299], page.Traces[12].Row[..299]);
        var drawn = page.DrawnTraces[12];
        Assert.All(drawn.Row[305..335], row => Assert.Equal(y, row, 8.0));
    }

    [Fact]
    public void Only_the_stages_after_a_correction_run_again_and_give_what_all_of_them_give()
    {
        var kept = new StageRecords();
        Stages(kept, new PageCorrections { MmPerMv = 10 });
        var box = Before.Leads[0].Box with { Height = Before.Leads[0].Box.Height - 4 };

        Assert.Equal(["inference", "signals"], Stages(kept, new PageCorrections { MmPerMv = 5 }));
        Assert.Equal(["leads", "trace", "inference", "signals"], Stages(kept, new PageCorrections { Leads = [new("I", "II")] }));
        Assert.Equal(["trace", "inference", "signals"], Stages(kept, new PageCorrections { Leads = [new("I", "II")], Redrawn = [new("II", [[300, 760], [340, 760]])] }));
        var all = new PageCorrections { Leads = [new("I", "III", box)], MmPerS = 50 };
        var partly = analyzed.Analyzer.Analyze("page.jpg", Analyzed.PageBytes, new AnalysisOptions(Corrections: all), kept, null, Ct);
        Assert.Equal(0, partly.Result.TimingsMs["layout"]);
        Assert.Equal(["decode", "upright", "layout", "leads", "trace", "inference", "signals"], Stages(new StageRecords(), all));
        Assert.Equal(["upright", "layout", "leads", "trace", "inference", "signals"], Stages(kept, new PageCorrections { PxPerMmX = 7.9 }));
        var anew = Correct(all);
        Assert.Equal(anew.Result.Leads.Select(lead => (lead.Name, lead.Box, lead.StartS, lead.Coverage)), partly.Result.Leads.Select(lead => (lead.Name, lead.Box, lead.StartS, lead.Coverage)));
        Assert.Equal(Known(anew, "V5"), Known(partly, "V5"));
    }

    [Fact]
    public void Corrections_that_do_not_fit_the_page_are_refused()
    {
        PageCorrections[] wrong =
        [
            new() { Leads = [new("V7", "V1")] },
            new() { Leads = [new("V1", null, new Box(2000, 100, 300, 100))] },
            new() { Redrawn = [new("rhythm2", [[1, 1], [9, 9]])] },
            new() { Redrawn = [new("rhythm", [[1, 1], [9000, 9]])] },
            new() { Redrawn = [new("rhythm", [[300, 1300], [300.4, 1310]])] },
            new() { Corners = [[-50_000, 0], [2000, 0], [2000, 1500], [0, 1500]] },
        ];
        foreach (var corrections in wrong)
            Assert.Equal("bad-corrections", Assert.Throws<RefusalException>(() => Correct(corrections)).Code);
    }

    [Fact]
    public void Corrections_read_back_are_the_same()
    {
        var corrections = new PageCorrections { Corners = [[0, 0], [10, 0], [10, 10.5], [0, 10]], TurnDeg = 90, Leads = [new("I", "II", new Box(1, 2, 3, 4))], Redrawn = [new("I", [[1, 2], [3, 4]])] };

        var text = CorrectionsJson.Write(corrections);

        Assert.Equal(text, CorrectionsJson.Write(CorrectionsJson.Read(System.Text.Encoding.UTF8.GetBytes(text))));
        Assert.Contains("\"turn_deg\":90", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mm_per_s", text, StringComparison.Ordinal);
        Assert.True(CorrectionsJson.Read("{}"u8).IsEmpty);
    }

    private PageAnalysis Correct(PageCorrections corrections) =>
        analyzed.Analyzer.Analyze("page.jpg", Analyzed.PageBytes, new AnalysisOptions(Corrections: corrections), null, Ct);

    private List<string> Stages(StageRecords kept, PageCorrections corrections)
    {
        var told = new Told();
        analyzed.Analyzer.Analyze("page.jpg", Analyzed.PageBytes, new AnalysisOptions(["cnn"], Corrections: corrections), kept, told, Ct);
        return told.Stages;
    }

    private static float[] Known(PageAnalysis page, string name) =>
        [.. page.Signals!.Leads.First(lead => lead.Signal.Name.Split('@')[0] == name && !lead.Trace.Place.IsRhythm).Signal.Mv.Where(mv => !float.IsNaN(mv))];

    private static double Swing(PageAnalysis page, int lead) => page.Signals!.Leads[lead].Signal.Mv is var mv ? mv.Where(value => !float.IsNaN(value)).Max() - mv.Where(value => !float.IsNaN(value)).Min() : 0;

    /// <summary>Share of columns whose rows differ by more than two pixels.</summary>
    private static double Different(LeadTrace a, LeadTrace b) => a.Row.Zip(b.Row).Count(rows => !(Math.Abs(rows.First - rows.Second) <= 2)) / (double)a.Row.Length;

    private static Raster OnATable(Raster page, int left, int top)
    {
        int width = page.Width + (2 * left), height = page.Height + (2 * top);
        var pixels = new byte[width * height * 3];
        Array.Fill<byte>(pixels, 70);
        for (var y = 0; y < page.Height; y++)
            Array.Copy(page.Pixels, y * page.Width * 3, pixels, (((y + top) * width) + left) * 3, page.Width * 3);
        return new Raster(width, height, 3, pixels);
    }

    private sealed class Told : IProgress<StageProgress>
    {
        public List<string> Stages { get; } = [];

        public void Report(StageProgress value) => Stages.Add(value.Stage);
    }
}
