using System.Globalization;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>The digitized leads on ECG paper.</summary>
public sealed partial class SignalsTests(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Fact]
    public async Task Signals_are_drawn_to_scale_in_the_rows_that_were_chosen()
    {
        await using var page = await OpenAsync();

        await Expect(page.Page.Locator(".ecg-paper .trace")).ToHaveCountAsync(13);
        var narrow = await WidthAsync(page);
        await page.Page.GetByText("50", new() { Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".ecg-paper svg[aria-label*='50 mm/s']")).ToBeVisibleAsync();
        var wide = await WidthAsync(page);
        // Ten seconds are 250 mm at 25 mm/s and 500 at 50; what is beside them stays.
        Assert.Equal(250, wide - narrow, 1.0);

        await page.Page.GetByText("12 × 1").ClickAsync();
        await Expect(page.Page.Locator(".ecg-paper .trace")).ToHaveCountAsync(12);
        await page.ExpectAccessibleAsync();
        await page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task A_caliper_measures_milliseconds_and_millivolts_by_mouse_and_by_keys()
    {
        await using var page = await OpenAsync();
        var readout = page.Page.Locator(".signals-tools output");
        var drawing = page.Page.Locator(".ecg-paper svg");
        var box = (await drawing.BoundingBoxAsync())!;
        var pxPerMm = box.Width / await WidthAsync(page);

        await page.Page.Mouse.MoveAsync(box.X + 200, box.Y + 100);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + 200 + (float)(20 * pxPerMm), box.Y + 100 + (float)(15 * pxPerMm), new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();

        // 20 mm at 25 mm/s and 15 mm at 10 mm/mV.
        await Expect(readout).ToHaveTextAsync(Measured());
        var said = Measured().Match(await readout.InnerTextAsync());
        Assert.Equal(800, double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), 15.0);
        Assert.Equal(1.5, double.Parse(said.Groups[2].Value, CultureInfo.InvariantCulture), 0.03);

        await page.Page.Locator(".ecg-paper").FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(readout).ToContainTextAsync("Drag over the paper");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(readout).ToHaveTextAsync("200 ms (300/min) · 0.00 mV");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(readout).ToHaveTextAsync("220 ms (273/min) · 0.05 mV");
    }

    [Fact]
    public async Task Signals_can_be_taken_along_as_csv_and_wfdb()
    {
        await using var page = await OpenAsync();
        await page.Page.GetByText("Export").ClickAsync();
        foreach (var (name, starts) in new[] { ("Signals, CSV", "time_s,I,II,III"), ("Signals, WFDB header", "signals "), ("Report, PDF", "%PDF-1.4") })
        {
            var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByText(name).ClickAsync());
            Assert.StartsWith(starts, await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Page_and_signals_lie_on_top_of_each_other_and_a_slider_goes_from_one_to_the_other()
    {
        await using var page = await OpenAsync();
        await page.Page.Locator(".signals-tools").GetByText("On the page").ClickAsync();
        var signals = page.Page.Locator(".stack img").Last;
        await Expect(signals).ToHaveCSSAsync("opacity", "0.5");

        await page.Page.GetByLabel("From the page to what was read from it").FillAsync("100");

        await Expect(signals).ToHaveCSSAsync("opacity", "1");
        await page.ExpectAccessibleAsync();
        await page.Page.Locator(".signals-tools").GetByText("On paper").ClickAsync();
        await Expect(page.Page.Locator(".ecg-paper svg")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task On_a_phone_the_paper_scrolls_and_the_page_does_not()
    {
        await using var page = await OpenAsync(390, 844);
        await page.ExpectNoSidewaysScrollAsync();
        Assert.True(await page.Page.EvaluateAsync<bool>("() => { const paper = document.querySelector('.ecg-paper'); return paper.scrollWidth > paper.clientWidth; }"));
    }

    private async Task<BrowserPage> OpenAsync(int width = 1280, int height = 900)
    {
        var page = await site.OpenAsync("/", width, height);
        await page.ReadAsync(Infarction);
        await page.TabAsync("Signals");
        await Expect(page.Page.Locator(".ecg-paper svg")).ToBeVisibleAsync();
        return page;
    }

    private static Task<double> WidthAsync(BrowserPage page) => page.Page.EvaluateAsync<double>("() => document.querySelector('.ecg-paper svg').viewBox.baseVal.width");

    [GeneratedRegex(@"(\d+) ms.* · ([\d.]+) mV")]
    private static partial Regex Measured();
}
