using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>Every screen, on a screen and on a phone, light and dark.</summary>
public sealed class ScreenTests(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Theory]
    [InlineData(1280, 900, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    public async Task No_screen_is_wider_than_the_window_or_seriously_inaccessible(int width, int height, ColorScheme scheme)
    {
        await using var page = await site.OpenAsync("/", width, height, scheme);
        await CheckAsync();
        await page.ReadAsync(Infarction);
        await CheckAsync();
        await page.ChooseModelAsync("cnn");
        await page.TabAsync("Leads");
        await Expect(page.Page.Locator(".lead-card")).ToHaveCountAsync(13);
        await CheckAsync();
        await page.Page.GetByLabel("Table").CheckAsync();
        await Expect(page.Page.Locator("#panel tbody tr")).ToHaveCountAsync(13);
        await CheckAsync();
        await page.TabAsync("Steps");
        await Expect(page.Page.Locator(".step").First).ToBeVisibleAsync();
        await CheckAsync();
        await page.GoAsync("/models");
        await Expect(page.Page.Locator(".model").First).ToBeVisibleAsync();
        await CheckAsync();
        await page.GoAsync("/analyses/00000000000000000000000000000000");
        await Expect(page.Heading).ToHaveTextAsync("This result is not here any more");
        await CheckAsync();
        await page.GoAsync("/");
        await Expect(page.Page.Locator(".recent li")).ToHaveCountAsync(1);
        await CheckAsync();
        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "notes.jpg", MimeType = "image/jpeg", Buffer = "no picture"u8.ToArray() });
        await Expect(page.Page.Locator(".notice.error")).ToBeVisibleAsync();
        await CheckAsync();
        await page.GoAsync("/");
        await page.ChooseAsync(Infarction, Repository.Example("normal.jpg"));
        await Expect(page.Page.GetByText("2 done")).ToBeVisibleAsync();
        await CheckAsync();

        async Task CheckAsync()
        {
            await page.ExpectNoSidewaysScrollAsync();
            await page.ExpectAccessibleAsync();
        }
    }

    [Fact]
    public async Task On_a_phone_every_tab_is_in_sight_and_what_it_shows_comes_before_the_answer()
    {
        await using var page = await site.OpenAsync("/", 390, 844);
        await page.ReadAsync(Infarction);

        Assert.True(await page.Page.Locator(".tabs").EvaluateAsync<bool>("tabs => tabs.scrollWidth <= tabs.clientWidth"));
        foreach (var tab in new[] { "Leads", "Steps" })
        {
            await page.TabAsync(tab);
            Assert.True((await page.Page.Locator("#panel").BoundingBoxAsync())!.Y < (await page.Answer.BoundingBoxAsync())!.Y);
        }
    }

    [Fact]
    public async Task The_dark_theme_is_remembered_and_paper_stays_paper()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Switch between light and dark" }).ClickAsync();
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.GoAsync(page.Page.Url);

        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page.Page.Locator(".view")).ToHaveCSSAsync("background-color", "rgb(255, 253, 249)");
    }

    [Fact]
    public async Task The_models_page_tells_of_every_model_how_it_was_measured()
    {
        await using var page = await site.OpenAsync("/models");

        foreach (var folder in Directory.GetDirectories(Path.Combine(Repository.Root, "models")).Where(folder => File.Exists(Path.Combine(folder, "manifest.json"))))
        {
            var card = page.Page.Locator($"#{Path.GetFileName(folder)}");
            await Expect(card).ToContainTextAsync("Trained on");
            await Expect(card.Locator("table").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("accuracy|intersection over union"));
        }
        await Expect(page.Page.Locator(".model").First).ToBeVisibleAsync();
    }
}
