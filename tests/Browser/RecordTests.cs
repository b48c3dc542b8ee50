using EcgImageWeb.Analysis.Tests.Signals;
using EcgImageWeb.Signal.Records;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>Recordings without a page, and the beats of recordings and pages.</summary>
public sealed class RecordTests(SignalSite site) : IClassFixture<SignalSite>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecg-browser-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_header_and_its_samples_become_one_record_on_paper_with_rhythm_and_intervals()
    {
        WfdbWriter.Write(folder, "rec", [SignalFixture.Strip]);
        await using var page = await site.OpenAsync();
        await page.ChooseAsync(In("rec.hea"), In("rec.dat"));

        await Expect(page.Heading).ToHaveTextAsync("rec.hea");
        await Expect(page.Page.Locator(".ecg-paper .trace")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("[data-model=rhythm] .best dt")).ToHaveTextAsync("Ventricular ectopics");
        await Expect(page.Page.Locator(".measurements")).ToContainTextAsync("/min");
        await page.ExpectAccessibleAsync();
        await page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task Each_beats_class_stands_in_its_place_and_a_beat_says_why()
    {
        using (var csv = new StreamWriter(In("table.csv")))
            LeadCsv.Write(csv, [SignalFixture.Strip]);
        await using var page = await site.OpenAsync();
        await page.ChooseAsync(In("table.csv"));
        await page.TabAsync("Beats");

        await Expect(page.Page.Locator(".ecg-paper .beat")).ToHaveCountAsync(12);
        var wide = page.Page.Locator(".ecg-paper .beat.beat-v");
        await Expect(wide).ToHaveCountAsync(1);
        await Expect(wide).ToHaveTextAsync("V");
        await Expect(page.Page.Locator(".ecg-paper .interval")).ToHaveCountAsync(11);
        await page.ExpectAccessibleAsync();

        await wide.ClickAsync();
        await Expect(page.Page.GetByText("Warm: speaks for “Ventricular ectopic”")).ToBeVisibleAsync();
        var (beat, reason) = (await Middle(wide), await Middle(page.Page.Locator(".why .for[fill-opacity='0.750']").First));
        var second = (await page.Page.Locator(".ecg-paper svg").BoundingBoxAsync())!.Width / (10 + (8 / 25f));
        Assert.Equal(beat, reason, 0.15f * second);
    }

    [Fact]
    public async Task A_pages_strip_has_its_beats_too()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Repository.Example("normal.jpg"));
        await Expect(page.Page.Locator(".measurements")).ToContainTextAsync("/min");
        await page.TabAsync("Beats");
        await Expect(page.Page.Locator(".ecg-paper .beat").Nth(4)).ToBeVisibleAsync();
        Assert.InRange(await page.Page.Locator(".ecg-paper .beat").CountAsync(), 5, 25);
    }

    [Fact]
    public async Task A_header_without_its_samples_is_told_what_is_missing()
    {
        WfdbWriter.Write(folder, "alone", [SignalFixture.Strip]);
        await using var page = await site.OpenAsync();
        await page.ChooseAsync(In("alone.hea"));
        await Expect(page.Page.GetByText("alone.dat")).ToBeVisibleAsync();
    }

    private static async Task<float> Middle(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return box.X + (box.Width / 2);
    }

    private string In(string name) => Path.Combine(folder, name);
}
