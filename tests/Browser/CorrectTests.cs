using System.Text.Json;
using System.Text.RegularExpressions;
using EcgImageWeb.Analysis.Tests;
using EcgImageWeb.Vision.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>A person corrects a page.</summary>
public sealed class CorrectTests(Site site)
{
    private static readonly string Infarction = Repository.Example("infarction.jpg");

    [Fact]
    public async Task A_page_whose_leads_were_not_found_is_read_once_its_layout_is_told()
    {
        await using var page = await site.OpenAsync();
        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "chest.png", MimeType = "image/png", Buffer = UnnamedPage.Png(TestContext.Current.CancellationToken) });
        await Expect(page.Heading).ToHaveTextAsync("The leads could not be located");

        await page.Page.GetByLabel("Layout").SelectOptionAsync("6x1-chest");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Read it so" }).ClickAsync();

        await Expect(page.Heading).ToHaveTextAsync("chest.png");
        await Expect(page.Page.Locator(".lead-box")).ToHaveCountAsync(6);
        await page.ExpectAccessibleAsync();
    }

    [Fact]
    public async Task A_layout_is_corrected_and_undone()
    {
        await using var page = await OpenAsync();
        await ModeAsync(page, "Page");

        await page.Page.GetByLabel("Layout").SelectOptionAsync("3x4");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeEnabledAsync();
        await Expect(page.Page.GetByLabel("Layout")).ToHaveValueAsync("3x4");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Page.GetByLabel("Layout")).ToHaveValueAsync("3x4+1");
    }

    [Fact]
    public async Task A_name_is_corrected_undone_redone_and_reset()
    {
        await using var page = await OpenAsync();
        var first = page.Page.Url;

        await page.Page.GetByLabel("Place").SelectOptionAsync("V1");
        await Expect(page.Page.GetByLabel("Lead", new() { Exact = true })).ToHaveValueAsync("V1");
        await page.Page.GetByLabel("Lead", new() { Exact = true }).SelectOptionAsync("V2");

        // The two change names: no two columns show the same lead.
        await Expect(Box(page, "V2").Locator("text")).ToHaveTextAsync("V1");
        await Expect(Box(page, "V1").Locator("text")).ToHaveTextAsync("V2");
        Assert.NotEqual(first, page.Page.Url);
        Assert.Equal("user", (await ResultAsync(page)).GetProperty("leads")[6].GetProperty("name_from").GetString());

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Box(page, "V1").Locator("text")).ToHaveTextAsync("V1");
        Assert.Equal(first, page.Page.Url);
        await page.Page.Locator(".view").FocusAsync();
        await page.Page.Keyboard.PressAsync("Control+y");
        await Expect(Box(page, "V1").Locator("text")).ToHaveTextAsync("V2");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await Expect(Box(page, "V1").Locator("text")).ToHaveTextAsync("V1");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Page.Locator(".lead-box")).ToHaveCountAsync(13);
    }

    [Fact]
    public async Task A_box_is_moved_by_the_mouse_and_sized_by_keys()
    {
        await using var page = await OpenAsync();
        var before = await BoxAsync(page, 12);

        await DragAsync(page, Box(page, "rhythm").Locator("rect"), 0, -12);
        await ExpectAnotherAsync(page, before.Id);
        await Expect(page.Page.Locator(".board .mine")).ToHaveCountAsync(1);
        var moved = await BoxAsync(page, 12);
        Assert.True(moved.Y < before.Y && moved.Height == before.Height && moved.X == before.X);

        await Box(page, "rhythm").Locator("rect").FocusAsync();
        await page.Page.Keyboard.PressAsync("Control+Shift+ArrowDown");
        await page.Page.Keyboard.PressAsync("Shift+ArrowDown");
        // The keys of 600 ms are one edit; a browser that is slower than that makes two.
        await Expect(Box(page, "rhythm").Locator("rect")).ToHaveAttributeAsync("height", $"{moved.Height + 22}");
        await ExpectAnotherAsync(page, moved.Id);
        if ((await BoxAsync(page, 12)) is var once && once.Height != moved.Height + 22)
            await ExpectAnotherAsync(page, once.Id);
        var sized = await BoxAsync(page, 12);
        Assert.Equal((moved.X, moved.Y, moved.Height + 22), (sized.X, sized.Y, sized.Height));

        // A corner of the chosen box.
        await DragAsync(page, Box(page, "rhythm").Locator("[data-right='1'][data-bottom='1']"), -30, 0);
        await ExpectAnotherAsync(page, sized.Id);
        Assert.True((await BoxAsync(page, 12)).Width < sized.Width);
    }

    [Fact]
    public async Task A_piece_of_trace_is_redrawn_between_clicked_points_and_seen_before_it_is_accepted()
    {
        await using var page = await OpenAsync();
        await ModeAsync(page, "Trace");
        var strip = await OnScreenAsync(page, await BoxAsync(page, 12));
        var accept = page.Page.GetByRole(AriaRole.Button, new() { Name = "Accept" });
        await Expect(accept).ToBeDisabledAsync();

        await page.Page.Mouse.ClickAsync(strip.X + (strip.Width / 4), strip.Y + (strip.Height / 2));
        await page.Page.Mouse.ClickAsync(strip.X + (strip.Width / 3), strip.Y + (strip.Height / 2));
        await Expect(page.Page.Locator(".board .path")).ToBeAttachedAsync();
        await Expect(page.Page.Locator(".board .point")).ToHaveCountAsync(2);
        // The first point chose the lead it lies in.
        await Expect(page.Page.GetByLabel("Lead", new() { Exact = true })).ToHaveValueAsync("rhythm");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(page.Page.Locator(".board .path")).Not.ToBeAttachedAsync();
        await page.Page.Mouse.ClickAsync(strip.X + (strip.Width / 3), strip.Y + (strip.Height / 2));
        await Expect(page.Page.Locator(".board .path")).ToBeAttachedAsync();
        await page.ExpectAccessibleAsync();

        var before = IdOf(page);
        await accept.ClickAsync();
        await ExpectAnotherAsync(page, before);
        await Expect(page.Page.Locator(".board .point")).ToHaveCountAsync(0);
        Assert.Equal(1, (await ResultAsync(page)).GetProperty("leads")[12].GetProperty("redrawn").GetInt32());
    }

    [Fact]
    public async Task A_piece_of_trace_is_redrawn_by_keys_alone()
    {
        await using var page = await OpenAsync();
        await ModeAsync(page, "Trace");
        await page.Page.GetByLabel("Lead", new() { Exact = true }).SelectOptionAsync("rhythm");
        await Expect(page.Page.Locator(".board")).ToHaveAttributeAsync("data-selected", "rhythm");
        await page.Page.Locator(".view").FocusAsync();

        await page.Page.Keyboard.PressAsync("Control+ArrowLeft");
        await page.Page.Keyboard.PressAsync("Enter");
        for (var i = 0; i < 5; i++)
            await page.Page.Keyboard.PressAsync("Control+ArrowRight");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator(".board .path")).ToBeAttachedAsync();
        var before = IdOf(page);
        await page.Page.Keyboard.PressAsync("Enter");

        await ExpectAnotherAsync(page, before);
        await Expect(page.Page.Locator(".board .point")).ToHaveCountAsync(0);
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeEnabledAsync();
        Assert.Equal(1, (await ResultAsync(page)).GetProperty("leads")[12].GetProperty("redrawn").GetInt32());
    }

    [Fact]
    public async Task Speed_and_gain_are_set_and_what_cannot_be_used_is_told()
    {
        await using var page = await OpenAsync();

        await page.Page.GetByLabel("Gain, mm/mV").SelectOptionAsync("20");
        await Expect(page.Page.Locator(".result-head")).ToContainTextAsync("20 mm/mV");
        await page.Page.GetByLabel("Speed, mm/s").SelectOptionAsync("50");
        await Expect(page.Page.Locator(".result-head")).ToContainTextAsync("50 mm/s · 20 mm/mV");

        // A page on its side has no leads to read: the result there is stays.
        var good = page.Page.Url;
        await ModeAsync(page, "Page");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Turn left" }).ClickAsync();
        await Expect(page.Page.Locator(".correct-line .refused")).ToBeVisibleAsync();
        Assert.Equal(good, page.Page.Url);
        await page.ExpectAccessibleAsync();
    }

    [Fact]
    public async Task Corners_are_dragged_and_used()
    {
        await using var page = await OpenAsync();
        await ModeAsync(page, "Page");
        var use = page.Page.GetByRole(AriaRole.Button, new() { Name = "Use these corners" });
        await Expect(use).ToBeDisabledAsync();

        await DragAsync(page, page.Page.Locator("[data-corner='0']"), 6, 6);
        await page.Page.Locator("[data-corner='2']").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        var before = IdOf(page);
        await use.ClickAsync();

        await ExpectAnotherAsync(page, before);
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeEnabledAsync();
        Assert.Equal("user", (await ResultAsync(page)).GetProperty("geometry").GetProperty("corners_from").GetString());
    }

    [Fact]
    public async Task A_corner_of_a_fine_scan_lies_where_it_was_dropped()
    {
        // 508 dpi, which is read at 250: the corners are those of the picture as it was sent.
        var design = UnnamedPage.Design with { Format = PageFormat.Named("3x4+1"), RhythmLeads = ["II"], RowMm = 30, LabelMm = 3, PxPerMmX = 20, PxPerMmY = 20 };
        await using var page = await site.OpenAsync();
        await page.FileInput.SetInputFilesAsync(new FilePayload { Name = "fine.png", MimeType = "image/png", Buffer = UnnamedPage.Drawn(design, TestContext.Current.CancellationToken) });
        await CorrectAsync(page);
        await ModeAsync(page, "Page");
        var was = await ResultAsync(page);
        Assert.InRange(was.GetProperty("geometry").GetProperty("px_per_mm_x").GetDouble(), 9, 11);
        var pxPerPoint = await page.Page.Locator(".board").EvaluateAsync<double>("board => board.viewBox.baseVal.width / board.getBoundingClientRect().width");
        var before = IdOf(page);

        await DragAsync(page, page.Page.Locator("[data-corner='0']"), 30, 18);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Use these corners" }).ClickAsync();
        await ExpectAnotherAsync(page, before);

        var (from, to) = (Corner(was), Corner(await ResultAsync(page)));
        Assert.Equal(from.X + (30 * pxPerPoint), to.X, 1.5 * pxPerPoint);
        Assert.Equal(from.Y + (18 * pxPerPoint), to.Y, 1.5 * pxPerPoint);
        await Expect(page.Page.Locator("[data-corner='0']")).ToHaveAttributeAsync("cx", to.X.ToString(System.Globalization.CultureInfo.InvariantCulture));

        static (double X, double Y) Corner(JsonElement result) =>
            result.GetProperty("geometry").GetProperty("corners")[0] is var corner ? (corner[0].GetDouble(), corner[1].GetDouble()) : default;
    }

    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1280, 900, ColorScheme.Dark)]
    public async Task Correcting_fits_a_phone_and_is_accessible(int width, int height, ColorScheme scheme)
    {
        await using var page = await OpenAsync(width, height, scheme);
        foreach (var mode in new[] { "Leads", "Trace", "Page" })
        {
            await ModeAsync(page, mode);
            await page.ExpectNoSidewaysScrollAsync();
            await page.ExpectAccessibleAsync();
        }
    }

    private async Task<BrowserPage> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await site.OpenAsync("/", width, height, scheme);
        await page.ChooseAsync(Infarction);
        await CorrectAsync(page);
        return page;
    }

    private static async Task CorrectAsync(BrowserPage page)
    {
        await Expect(page.Answer).ToBeVisibleAsync();
        await page.ExpectPictureAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await Expect(page.Page.Locator(".board .box")).ToHaveCountAsync(13);
        await ExpectDrawnAsync(page);
    }

    private static async Task ModeAsync(BrowserPage page, string name)
    {
        await page.Page.Locator(".correct-tools").GetByText(name, new() { Exact = true }).ClickAsync();
        await Expect(page.Page.Locator(".board")).ToHaveAttributeAsync("data-mode", name.ToLowerInvariant());
        await ExpectDrawnAsync(page);
    }

    /// <summary>Waits until the board lies over its picture: only then are its places those on the screen.</summary>
    private static Task ExpectDrawnAsync(BrowserPage page) => Expect(page.Page.Locator(".board")).ToHaveAttributeAsync("aria-busy", "false");

    /// <summary>Waits until the board shows another result; the address is that result's a moment before.</summary>
    private static async Task ExpectAnotherAsync(BrowserPage page, string before)
    {
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex(before));
        await Expect(page.Page.Locator(".board")).ToHaveAttributeAsync("data-result", new Regex($"^(?!{before})"));
        await ExpectDrawnAsync(page);
    }

    private static ILocator Box(BrowserPage page, string key) => page.Page.Locator($".board [data-lead='{key}']");

    private static async Task DragAsync(BrowserPage page, ILocator what, float dx, float dy)
    {
        await what.ScrollIntoViewIfNeededAsync();
        var box = (await what.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + dx, box.Y + (box.Height / 2) + dy, new() { Steps = 3 });
        await page.Page.Mouse.UpAsync();
    }

    private static async Task<JsonElement> ResultAsync(BrowserPage page) =>
        (await (await page.Page.APIRequest.GetAsync($"/api/analyses/{IdOf(page)}")).JsonAsync())!.Value;

    private static async Task<(string Id, int X, int Y, int Width, int Height)> BoxAsync(BrowserPage page, int lead)
    {
        var box = (await ResultAsync(page)).GetProperty("leads")[lead].GetProperty("box");
        return (IdOf(page), box.GetProperty("x").GetInt32(), box.GetProperty("y").GetInt32(), box.GetProperty("width").GetInt32(), box.GetProperty("height").GetInt32());
    }

    /// <summary>Where a box of the page lies on the screen, in whatever mode the board is.</summary>
    private static async Task<(float X, float Y, float Width, float Height)> OnScreenAsync(BrowserPage page, (string Id, int X, int Y, int Width, int Height) box)
    {
        var board = page.Page.Locator(".board");
        await board.ScrollIntoViewIfNeededAsync();
        var frame = (await board.BoundingBoxAsync())!;
        var scale = frame.Width / await board.EvaluateAsync<float>("board => board.viewBox.baseVal.width");
        return (frame.X + (box.X * scale), frame.Y + (box.Y * scale), box.Width * scale, box.Height * scale);
    }

    private static string IdOf(BrowserPage page) => new Uri(page.Page.Url).AbsolutePath.Split('/')[^1];
}
