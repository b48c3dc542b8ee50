using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>The ways in: from a file to a result, or to a reason.</summary>
public sealed class UploadTests(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Fact]
    public async Task A_chosen_report_becomes_a_class_and_thirteen_leads()
    {
        await using var page = await site.OpenAsync();

        await page.ReadAsync(Infarction);

        await Expect(page.Heading).ToHaveTextAsync("infarction.jpg");
        await Expect(page.Answer.Locator("h2 .mark")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Normal|Abnormal heartbeat|Myocardial infarction|History of MI"));
        await Expect(page.Answer.Locator("h2 .value")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^[01]\.\d\d$"));
        await Expect(page.Page.Locator(".lead-box")).ToHaveCountAsync(13);
        Assert.Matches("/analyses/[0-9a-f]{32}$", page.Page.Url);
    }

    [Theory]
    [InlineData("Report, normal", "normal.jpg")]
    [InlineData("Phone photo", "photo.jpg")]
    [InlineData("Recording, atrial fibrillation", "atrial-fibrillation.zip")]
    public async Task An_example_is_one_click_away(string name, string file)
    {
        await using var page = await site.OpenAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();

        await Expect(page.Heading).ToHaveTextAsync(file);
        await Expect(page.Page.GetByRole(AriaRole.Tab).First).ToBeEnabledAsync();
    }

    [Theory]
    [InlineData("drop", "dataTransfer")]
    [InlineData("paste", "clipboardData")]
    public async Task A_dropped_or_pasted_picture_is_read(string action, string carrier)
    {
        await using var page = await site.OpenAsync();

        await page.Page.EvaluateAsync(
            """
            async ([action, carrier]) => {
              const blob = await (await fetch("/examples/photo.jpg")).blob();
              const carried = new DataTransfer();
              carried.items.add(new File([blob], "carried.jpg", { type: "image/jpeg" }));
              const event = new Event(action, { bubbles: true, cancelable: true });
              Object.defineProperty(event, carrier, { value: carried });
              document.querySelector("main").dispatchEvent(event);
            }
            """,
            new[] { action, carrier });

        await Expect(page.Answer).ToBeVisibleAsync();
        await Expect(page.Heading).ToHaveTextAsync("carried.jpg");
    }

    [Fact]
    public async Task A_text_named_jpg_is_refused_in_words_with_what_to_do()
    {
        await using var page = await site.OpenAsync();

        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "notes.jpg", MimeType = "image/jpeg", Buffer = "not a picture at all"u8.ToArray() });

        var notice = page.Page.Locator(".notice.error");
        await Expect(notice).ToContainTextAsync("This is not a picture");
        await Expect(notice).ToContainTextAsync("What you can do");
        await Expect(notice).Not.ToContainTextAsync("Exception");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Read another page" }).ClickAsync();
        await Expect(page.FileInput).ToBeAttachedAsync();
    }

    [Fact]
    public async Task An_empty_file_is_refused_before_it_is_sent()
    {
        await using var page = await site.OpenAsync();
        var sent = 0;
        page.Page.Request += (_, request) => sent += request.Method == "POST" && request.Url.EndsWith("/api/analyses", StringComparison.Ordinal) ? 1 : 0;

        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "nothing.png", MimeType = "image/png", Buffer = [] });

        await Expect(page.Page.Locator(".notice.error")).ToContainTextAsync("The file is empty");
        Assert.Equal(0, sent);
    }

    [Fact]
    public async Task An_upload_shows_its_progress_and_can_be_stopped()
    {
        await using var page = await site.OpenAsync();
        await page.Page.RouteAsync("**/api/analyses", _ => Task.CompletedTask); // never gets through

        await page.ChooseAsync(Infarction);
        await Expect(page.Page.Locator(".sending progress")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(page.Page.Locator(".notice.error")).ToContainTextAsync("Stopped");
    }

    [Fact]
    public async Task A_page_that_waits_can_be_stopped()
    {
        await using var page = await site.OpenAsync();
        var before = new List<string>();
        for (var i = 0; i < 12; i++)
            before.Add(await site.SubmitAsync(Infarction));

        await page.ChooseAsync(Infarction);
        await Expect(page.Page.Locator(".stages")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Expect(page.Heading).ToHaveTextAsync("Stopped");
        foreach (var id in before)
            await page.Page.APIRequest.DeleteAsync($"/api/analyses/{id}");
    }

    [Fact]
    public async Task Several_files_fill_a_table_that_sorts_filters_and_exports()
    {
        await using var page = await site.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("ecg-several-");
        var text = Path.Combine(folder.FullName, "zero.png");
        await File.WriteAllTextAsync(text, "no picture", TestContext.Current.CancellationToken);

        await page.ChooseAsync(Infarction, Repository.Example("normal.jpg"), text);
        await Expect(page.Page.GetByText("2 done, 1 refused")).ToBeVisibleAsync();
        folder.Delete(recursive: true);
        var rows = page.Page.Locator(".batch tbody tr");
        await Expect(rows).ToHaveCountAsync(3);
        await Expect(page.Page.Locator(".batch")).ToContainTextAsync("This is not a picture");

        var names = page.Page.Locator(".batch tbody td:nth-child(2)");
        await page.Page.Locator(".batch thead").GetByText("Name", new() { Exact = true }).ClickAsync();
        await Expect(names.Nth(0)).ToContainTextAsync("infarction.jpg");
        await page.Page.Locator(".batch thead").GetByText("Name", new() { Exact = true }).ClickAsync();
        await Expect(names.Nth(2)).ToContainTextAsync("infarction.jpg");

        await page.Page.GetByPlaceholder("Filter").FillAsync("not a picture");
        await Expect(rows).ToHaveCountAsync(1);
        await page.Page.GetByPlaceholder("Filter").FillAsync("");
        await Expect(rows).ToHaveCountAsync(3);

        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("normal.jpg,done,", StringComparison.Ordinal));

        await rows.Filter(new() { HasText = "infarction.jpg" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Heading).ToHaveTextAsync("infarction.jpg");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "All 3 files" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task All_of_several_files_can_be_stopped_and_sent_again()
    {
        await using var page = await site.OpenAsync();
        await page.Page.RouteAsync("**/api/analyses", _ => Task.CompletedTask);

        await page.ChooseAsync([.. Enumerable.Repeat(Infarction, 5)]);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel all" }).ClickAsync();
        await Expect(page.Page.GetByText("0 done, 5 refused")).ToBeVisibleAsync();

        await page.Page.UnrouteAllAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Retry infarction.jpg" }).First.ClickAsync();
        await Expect(page.Page.GetByText("1 done, 4 refused")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_browser_remembers_its_last_results_until_they_are_deleted()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        var result = page.Page.Url;

        await page.GoAsync("/");
        var recent = page.Page.Locator(".recent li");
        await Expect(recent).ToHaveCountAsync(1);
        await Expect(recent).ToContainTextAsync("infarction.jpg");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete infarction.jpg" }).ClickAsync();
        await Expect(recent).ToHaveCountAsync(0);

        await page.GoAsync(result);
        await Expect(page.Heading).ToHaveTextAsync("This result is not here any more");
    }
}
