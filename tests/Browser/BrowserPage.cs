using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EcgImageWeb.Browser.Tests;

/// <summary>A page in its own browser profile, and what a person does with it. Complaints in the console fail the test at the end.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> complaints = [];

    public BrowserPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A refused upload is an answer, not a fault of the page.
            if (message.Type == "error" && !message.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
    }

    public IPage Page { get; }

    public ILocator Heading => Page.Locator("h1");

    public ILocator Answer => Page.Locator(".answer");

    public ILocator FileInput => Page.Locator(".drop input[type=file]").First;

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await Page.WaitForSelectorAsync("html[data-ready]", new() { State = WaitForSelectorState.Attached });
        if (path == "/")
            await Page.WaitForSelectorAsync(".drop[data-listening]", new() { State = WaitForSelectorState.Attached });
    }

    public async Task ChooseAsync(params string[] files) => await FileInput.SetInputFilesAsync(files);

    /// <summary>Reads a page and waits for its result.</summary>
    public async Task ReadAsync(string file)
    {
        await ChooseAsync(file);
        await Expect(Answer).ToBeVisibleAsync();
        await ExpectPictureAsync();
    }

    /// <summary>Waits until the page's picture is there and can be zoomed.</summary>
    public async Task ExpectPictureAsync()
    {
        await Page.WaitForFunctionAsync("() => { const picture = document.querySelector('.paper img'); return picture?.complete && picture.naturalWidth > 0; }");
        await Expect(Page.Locator(".paper")).ToHaveAttributeAsync("style", new Regex("--zoom"));
    }

    /// <summary>Opens a tab and waits until its panel is shown.</summary>
    public async Task TabAsync(string name)
    {
        var tab = Page.GetByRole(AriaRole.Tab, new() { Name = name });
        await tab.ClickAsync();
        await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
    }

    /// <summary>Chooses a model and waits for its answer.</summary>
    public async Task ChooseModelAsync(string model)
    {
        await Page.GetByLabel("Model", new() { Exact = true }).SelectOptionAsync(model);
        await Expect(Answer.Locator("h2 .value")).ToHaveAttributeAsync("href", $"models#{model}");
    }

    /// <summary>Presses a key that is a shortcut, once the page listens to it.</summary>
    public async Task PressAsync(string key)
    {
        await Expect(Page.Locator($"html[data-keys~='{key}']")).ToBeAttachedAsync();
        await Page.Keyboard.PressAsync(key);
    }

    public async Task ExpectNoSidewaysScrollAsync() =>
        Assert.True(
            await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
            $"{Page.Url} is wider than the screen: " + await Page.EvaluateAsync<string>(
                "() => [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + '.' + e.className).slice(0, 5).join(', ')"));

    /// <summary>No serious or critical finding of axe-core.</summary>
    public async Task ExpectAccessibleAsync()
    {
        var findings = (await Page.RunAxe()).Violations.Where(finding => finding.Impact is "serious" or "critical");
        var told = findings.Select(finding => $"{finding.Id}: {finding.Help}: {string.Join(" | ", finding.Nodes.Take(4).Select(node => node.Html))}").ToArray();
        Assert.True(told.Length == 0, $"{Page.Url}\n{string.Join('\n', told)}");
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(complaints);
    }
}
