using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>
/// Draws docs/screenshots anew. Not part of a plain run: <c>dotnet exec tests/Browser/bin/Release/net10.0/Browser.dll -explicit only</c>.
/// </summary>
public sealed class Screenshots(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Theory(Explicit = true)]
    [InlineData("desktop", 1280, 900, ColorScheme.Light)]
    [InlineData("desktop-dark", 1280, 900, ColorScheme.Dark)]
    [InlineData("phone", 390, 844, ColorScheme.Light)]
    [InlineData("phone-dark", 390, 844, ColorScheme.Dark)]
    public async Task Are_drawn(string device, int width, int height, ColorScheme scheme)
    {
        await using var page = await site.OpenAsync("/", width, height, scheme);
        await TakeAsync("start");

        for (var i = 0; i < 2; i++)
            await site.SubmitAsync(Infarction);
        await page.ChooseAsync(Infarction);
        await Expect(page.Page.Locator(".stages .now")).ToBeVisibleAsync();
        await TakeAsync("running");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.paper img')?.naturalWidth > 0");
        await TakeAsync("result");
        await page.Page.GetByLabel("Traces").CheckAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.paper img[src$=\"overlay.png\"]')?.complete");
        await TakeAsync("overlay");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await Expect(page.Page.Locator(".board .box")).ToHaveCountAsync(13);
        await page.Page.GetByLabel("Place").SelectOptionAsync("V3");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.paper img')?.naturalWidth > 0");
        await TakeAsync("correct");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.ChooseModelAsync("cnn");
        await page.TabAsync("Leads");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.lead-card img')?.naturalWidth > 0");
        await TakeAsync("leads");
        await page.TabAsync("Signals");
        await Expect(page.Page.Locator(".ecg-paper svg")).ToBeVisibleAsync();
        await TakeAsync("signals");
        await page.TabAsync("Beats");
        await Expect(page.Page.Locator(".ecg-paper .beat").Nth(4)).ToBeVisibleAsync();
        await TakeAsync("beats");
        await page.TabAsync("Steps");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.step-picture img')?.naturalWidth > 0");
        await TakeAsync("steps");

        await page.GoAsync("/");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Recording, atrial fibrillation" }).ClickAsync();
        await Expect(page.Page.Locator(".ecg-paper svg").First).ToBeVisibleAsync();
        await TakeAsync("record");

        await page.GoAsync("/models");
        await TakeAsync("models");

        await page.GoAsync("/teach?record=normal&layout=3x4%2B1&look=scan&seed=2");
        await Expect(page.Page.Locator(".ecg-paper .truth").First).ToBeVisibleAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.teach-page img')?.naturalWidth > 0");
        await TakeAsync("teach");

        await page.GoAsync("/");
        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "notes.jpg", MimeType = "image/jpeg", Buffer = "no picture"u8.ToArray() });
        await Expect(page.Page.Locator(".notice.error")).ToBeVisibleAsync();
        await TakeAsync("error");

        await page.GoAsync("/");
        await page.ChooseAsync(Infarction, Repository.Example("normal.jpg"), Repository.Example("photo.jpg"), Path.Combine(Repository.Root, "LICENSE"));
        await Expect(page.Page.GetByText("3 done, 1 refused")).ToBeVisibleAsync();
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.batch img')].every(picture => picture.naturalWidth > 0)");
        await page.Page.Locator(".batch").ScrollIntoViewIfNeededAsync();
        await TakeAsync("several");

        // All of them together stay below 3 MB: of the dark theme only what shows paper.
        async Task TakeAsync(string screen)
        {
            if (scheme == ColorScheme.Light || screen is "start" or "result" or "signals" or "correct" or "teach")
                await page.Page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(Repository.Root, "docs", "screenshots", $"{screen}-{device}.jpg"),
                    Type = ScreenshotType.Jpeg,
                    Quality = 75,
                });
        }
    }
}
