using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>What can be done with a result.</summary>
public sealed class ResultTests(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Fact]
    public async Task Another_model_or_aggregation_answers_at_once_without_running_again()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        Assert.Matches("/analyses/[0-9a-f]{32}$", page.Page.Url);
        var posts = 0;
        page.Page.Request += (_, request) => posts += request.Method == "POST" && request.Url.Contains("/api/", StringComparison.Ordinal) ? 1 : 0;
        var id = page.Page.Url.Split('/')[^1];
        using var json = JsonDocument.Parse(await (await page.Page.APIRequest.GetAsync($"/api/analyses/{id}")).TextAsync());
        var cnn = json.RootElement.GetProperty("page").GetProperty("image_models").GetProperty("cnn");

        await page.ChooseModelAsync("cnn");
        foreach (var method in new[] { "majority", "maximum", "confidence", "mean" })
        {
            await page.Page.GetByLabel("Leads combined by").SelectOptionAsync(method);
            var highest = cnn.GetProperty("by_aggregation").GetProperty(method).EnumerateObject().Max(p => p.Value.GetDouble());
            await Expect(page.Answer.Locator("h2 .value")).ToHaveTextAsync(highest.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        }

        await Expect(page.Answer.Locator(".agreement")).ToContainTextAsync("of 13 leads agree");
        Assert.Equal(0, posts);
    }

    [Fact]
    public async Task The_address_brings_back_result_tab_and_model()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        await page.ChooseModelAsync("cnn");
        await page.TabAsync("Leads");
        await Expect(page.Page.Locator(".lead-card")).ToHaveCountAsync(13);
        var answer = await page.Answer.Locator("h2").InnerTextAsync();
        await Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"\?(?=.*tab=leads)(?=.*model=cnn)"));

        await using var other = await site.OpenAsync(new Uri(page.Page.Url).PathAndQuery);

        await Expect(other.Page.Locator(".lead-card")).ToHaveCountAsync(13);
        await Expect(other.Answer.Locator("h2")).ToHaveTextAsync(answer, new() { UseInnerText = true });
        await Expect(other.Page.GetByLabel("Model", new() { Exact = true })).ToHaveValueAsync("cnn");
    }

    [Fact]
    public async Task One_switch_changes_the_pictures_of_all_leads_and_every_picture_loads()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        await page.TabAsync("Leads");

        foreach (var (name, ending) in new[] { ("Smoothed", "smooth"), ("Thresholded", "binary"), ("Raw", "raw") })
        {
            await page.Page.GetByText(name, new() { Exact = true }).ClickAsync();
            await Expect(page.Page.Locator($".lead-card img[src$='-{ending}.png']")).ToHaveCountAsync(13);
            await page.Page.EvaluateAsync("() => document.querySelectorAll('.lead-card img').forEach(picture => picture.loading = 'eager')");
            await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.lead-card img')].every(picture => picture.complete && picture.naturalWidth > 0)");
        }
    }

    [Fact]
    public async Task Leads_sort_by_disagreement_and_show_as_a_table()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        await page.ChooseModelAsync("cnn");
        await page.TabAsync("Leads");

        await page.Page.GetByLabel("Table").CheckAsync();
        await page.Page.GetByText("Disagreement first").ClickAsync();
        await Expect(page.Page.Locator("#panel thead th[aria-sort=ascending]")).ToHaveCountAsync(1);
        await Expect(page.Page.Locator("#panel tbody tr")).ToHaveCountAsync(13);

        var top = (await page.Answer.Locator(".best dt").InnerTextAsync()).Trim()[1..].Trim();
        var headers = await page.Page.Locator("#panel thead th").AllInnerTextsAsync();
        var column = headers.ToList().IndexOf(top);
        var values = new List<double>();
        foreach (var row in await page.Page.Locator("#panel tbody tr").AllAsync())
            values.Add(double.Parse((await row.Locator("th, td").AllInnerTextsAsync())[column], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(13, values.Count);
        Assert.Equal(values.Order(), values);
    }

    [Fact]
    public async Task Steps_show_every_stage_with_its_time_and_open_lead_by_lead()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        await page.TabAsync("Steps");

        await Expect(page.Page.Locator(".step")).ToHaveCountAsync(9);
        await page.Page.Locator(".lead-steps summary").First.ClickAsync();
        await Expect(page.Page.Locator(".lead-steps[open] figure")).ToHaveCountAsync(3);
        await page.Page.EvaluateAsync("() => document.querySelectorAll('#panel img').forEach(picture => picture.loading = 'eager')");
        await page.Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.step-picture > img, .lead-steps[open] img')].every(picture => picture.complete && picture.naturalWidth > 0)");
    }

    [Fact]
    public async Task The_page_zooms_by_wheel_buttons_and_keys_and_a_lead_names_itself()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);
        var paper = page.Page.Locator(".paper");

        await page.Page.Locator(".lead-box").Filter(new() { HasText = "V3" }).Locator("rect").HoverAsync();
        await Expect(page.Page.Locator(".caption")).ToContainTextAsync("V3");

        await page.Page.Mouse.WheelAsync(0, -300);
        await Expect(paper).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"scale\("));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Whole page" }).ClickAsync();
        await Expect(paper).Not.ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"scale\("));
        await page.Page.Locator(".view").FocusAsync();
        await page.Page.Keyboard.PressAsync("+");
        await Expect(paper).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"scale\("));
        await page.Page.Keyboard.PressAsync("0");
        await Expect(paper).Not.ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"scale\("));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Larger" }).ClickAsync();
        await Expect(paper).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex(@"scale\("));
    }

    [Fact]
    public async Task The_whole_result_can_be_taken_along()
    {
        await using var page = await site.OpenAsync();
        await page.ReadAsync(Infarction);

        await page.Page.GetByText("Export", new() { Exact = true }).ClickAsync();
        var json = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Everything, JSON" }).ClickAsync());
        var csv = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Probabilities, CSV" }).ClickAsync());

        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(await json.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Equal(13, document.RootElement.GetProperty("leads").GetArrayLength());
        Assert.Equal("infarction.json", json.SuggestedFilename);
        Assert.StartsWith("file,model,lead,", await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tabs_that_are_left_before_they_are_drawn_leave_the_page_whole()
    {
        await using var page = await site.OpenAsync(slowCircuitMs: 200);
        await page.ReadAsync(Infarction);

        foreach (var key in new[] { "3", "1", "2", "1", "4", "1" })
            await page.PressAsync(key);

        await Expect(page.Page.Locator("#tab-page")).ToHaveAttributeAsync("aria-selected", "true");
        await page.ExpectPictureAsync();
        await Expect(page.Heading).ToHaveTextAsync("infarction.jpg");
    }

    [Fact]
    public async Task Everything_works_with_the_keyboard_alone()
    {
        await using var page = await site.OpenAsync();
        var keyboard = page.Page.Keyboard;
        await page.PressAsync("?");
        await Expect(page.Page.Locator("dialog[open]")).ToContainTextAsync("Keys");
        await keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await TabToAsync(page.Page, ".examples button");
        await keyboard.PressAsync("Enter");
        await Expect(page.Answer).ToBeVisibleAsync();

        await page.PressAsync("2");
        await Expect(page.Page).ToHaveURLAsync(new Regex("tab=leads"));
        await Expect(page.Page.Locator(".lead-card")).ToHaveCountAsync(13);
        await page.PressAsync("r");
        await Expect(page.Page.Locator(".lead-card img[src$='-smooth.png']")).ToHaveCountAsync(13);
        var model = await page.Page.GetByLabel("Model", new() { Exact = true }).InputValueAsync();
        await page.PressAsync("m");
        await Expect(page.Page.GetByLabel("Model", new() { Exact = true })).Not.ToHaveValueAsync(model);
        await page.PressAsync("1");
        await Expect(page.Page.Locator(".view")).ToBeVisibleAsync();

        await TabToAsync(page.Page, "[role=tab]");
        await keyboard.PressAsync("ArrowLeft");
        await Expect(page.Page.Locator("#tab-steps")).ToBeFocusedAsync();
        await Expect(page.Page.Locator(".step").First).ToBeVisibleAsync();
        await keyboard.PressAsync("Home");
        await Expect(page.Page.Locator("#tab-page")).ToBeFocusedAsync();
        await Expect(page.Page.Locator(".view")).ToBeVisibleAsync();

        await TabToAsync(page.Page, ".lead-box [role=button]");
        await Expect(page.Page.Locator(".caption")).ToContainTextAsync("I");
        await keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#lead-I")).ToBeFocusedAsync();

        await page.PressAsync("n");
        await Expect(page.FileInput).ToBeAttachedAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var pressed = 0; pressed < 60; pressed++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
                return;
        }
        Assert.Fail($"{selector} is not reached with the Tab key.");
    }
}
