using EcgImageWeb.Signal.Records;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>Pages of known truth, drawn and read in front of a class.</summary>
public sealed class TeachTests(Site site)
{
    private const string Address = "/teach?record=normal&layout=3x4%2B1&look=clean&seed=5";

    [Fact]
    public async Task A_page_is_drawn_read_and_compared_and_its_address_gives_it_again()
    {
        await using var page = await site.OpenAsync("/teach");
        await page.Page.GetByLabel("Picture").SelectOptionAsync("clean");
        await page.Page.GetByLabel("Seed").FillAsync("5");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Draw and read" }).ClickAsync();

        await Expect(page.Page.Locator("#score-title")).ToContainTextAsync("dB");
        await Expect(page.Page.Locator(".teach-score tbody tr")).ToHaveCountAsync(12);
        await Expect(page.Page.Locator(".ecg-paper .truth").First).ToBeAttachedAsync();
        await Expect(page.Page.Locator(".ecg-paper .trace").First).ToBeAttachedAsync();
        await page.ExpectAccessibleAsync();
        await page.ExpectNoSidewaysScrollAsync();
        var score = await page.Page.Locator("#score-title").InnerTextAsync();

        await using var other = await site.OpenAsync(new Uri(page.Page.Url).PathAndQuery);
        await Expect(other.Page.Locator("#score-title")).ToHaveTextAsync(score);
        await Expect(other.Page.GetByLabel("Seed")).ToHaveValueAsync("5");
    }

    [Fact]
    public async Task What_happens_to_the_paper_is_chosen_and_stands_in_the_address()
    {
        await using var page = await site.OpenAsync(Address);
        await Expect(page.Page.Locator("#score-title")).ToContainTextAsync("dB");

        await page.Page.Locator(".teach-form summary").ClickAsync();
        await page.Page.GetByLabel("Blur").FillAsync("3");
        await Expect(page.Page.Locator("output[for='slider-blur']")).ToHaveTextAsync("3 px");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Draw and read" }).ClickAsync();

        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("blur=3"));
        await Expect(page.Page.Locator("#score-title, .teach h2").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_drawn_page_is_corrected_and_told_how_much_worse_it_got()
    {
        await using var page = await site.OpenAsync(Address);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "All of the result" }).ClickAsync();
        var head = page.Page.Locator(".result-head p");
        await Expect(head).ToContainTextAsync("dB to the truth");
        var before = await head.InnerTextAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await page.Page.GetByLabel("Gain, mm/mV").SelectOptionAsync("40");

        await Expect(head).ToContainTextAsync("40 mm/mV");
        await Expect(head).Not.ToHaveTextAsync(before);
    }

    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    public async Task Teaching_fits_a_phone_and_is_accessible(int width, int height, ColorScheme scheme)
    {
        await using var page = await site.OpenAsync(Address, width, height, scheme);
        await Expect(page.Page.Locator("#score-title")).ToContainTextAsync("dB");
        await page.ExpectAccessibleAsync();
        await page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task An_own_recording_is_drawn_and_read()
    {
        var folder = Directory.CreateTempSubdirectory("ecg-own-");
        var file = Path.Combine(folder.FullName, "own.csv");
        using (var csv = new StreamWriter(file))
            LeadCsv.Write(csv, [.. WfdbReader.Read(Path.Combine(AppContext.BaseDirectory, "teaching-records", "normal")).Signals.Select(signal => signal.ToLead())]);
        await using var page = await site.OpenAsync();
        await page.ChooseAsync(file);
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Draw on a page" }).ClickAsync();
        folder.Delete(recursive: true);

        await Expect(page.Page.GetByLabel("Record", new() { Exact = true }).Locator("option:checked")).ToHaveTextAsync("own.csv");
        await page.Page.GetByLabel("Picture").SelectOptionAsync("clean");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Draw and read" }).ClickAsync();

        await Expect(page.Page.Locator("#score-title")).ToContainTextAsync("dB");
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("record=[0-9a-f]{32}"));
    }

    [Fact]
    public async Task A_wish_that_cannot_be_fulfilled_says_so()
    {
        await using var page = await site.OpenAsync("/teach?record=nobody&seed=1");

        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no record 'nobody'");
    }
}
