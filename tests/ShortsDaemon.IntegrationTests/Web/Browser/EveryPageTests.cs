using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>What holds for every page; a new one is found by its address. With SHORTSDAEMON_PICTURES=FOLDER each is drawn.</summary>
public sealed class EveryPageTests
{
    private static readonly string Fitness = Script("fitness.js");
    private static readonly string Sideways = Script("sideways.js");

    // Whether what has the focus shows it.
    private const string Focus = """
        () => {
          const e = document.activeElement;
          const style = getComputedStyle(e);
          if (e === document.body) return "";
          return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
            ? ""
            : `${location.pathname}: no focus on <${e.localName} ${e.type ?? ""} ${e.name ?? ""}> ${e.textContent}`;
        }
        """;

    private Room _room = null!;
    private List<string> _pages = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        OneChromium.Get();
        _room = await Room.OpenAsync();
        var item = await _room.FillAsync();
        await _room.Browser.GetAsync("/"); // The first visit makes the addresses.
        _pages = await PagesAsync(item);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_room is not null)
            await _room.DisposeAsync();
    }

    [Test]
    public void Pages_are_found() => Assert.That(_pages, Is.SupersetOf(new[] { "/", "/login", "/system" }));

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task Everybody_can_read_and_use_them(ColorScheme scheme)
    {
        await using var visit = await Visit.BeginAsync(_room, new() { ColorScheme = scheme });
        var wrong = new List<string>();
        foreach (var page in _pages)
        {
            await visit.Page.GotoAsync(page);
            await DrawAsync(visit.Page, page, $"desktop-{scheme}");
            wrong.AddRange((await visit.Page.EvaluateAsync<string[]>(Fitness)).Select(what => $"{page}: {what}"));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(visit.Complaints, Is.Empty, "what the browser complains about");
        }
    }

    [Test]
    public async Task On_a_phone_nothing_sticks_out()
    {
        await using var visit = await Visit.BeginAsync(
            _room,
            new()
            {
                ViewportSize = Visit.Phone,
                IsMobile = true,
                HasTouch = true,
                ColorScheme = ColorScheme.Dark,
            }
        );
        var wrong = new List<string>();
        foreach (var page in _pages)
        {
            await visit.Page.GotoAsync(page);
            await DrawAsync(visit.Page, page, "phone-Dark");
            wrong.AddRange((await visit.Page.EvaluateAsync<string[]>(Sideways)).Select(what => $"{page}: {what}"));
        }

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public async Task Whatever_has_the_focus_shows_it()
    {
        await using var visit = await Visit.BeginAsync(_room);
        var wrong = new List<string>();
        foreach (var page in _pages)
        {
            await visit.Page.GotoAsync(page);
            var stops = await visit
                .Page.Locator("a[href], button, input:not([type=hidden]), select, video")
                .CountAsync();
            for (var i = 0; i < Math.Min(stops, 25); i++)
            {
                await visit.Page.Keyboard.PressAsync("Tab");
                wrong.Add(await visit.Page.EvaluateAsync<string>(Focus));
            }
        }

        Assert.That(wrong.Where(what => what.Length > 0), Is.Empty);
        Assert.That(wrong, Has.Count.GreaterThan(10));
    }

    [Test]
    public async Task Dark_is_dark_and_light_is_light()
    {
        await using var visit = await Visit.BeginAsync(_room);
        foreach (var page in _pages)
        {
            await visit.Page.GotoAsync(page);
            var (light, dark) = (
                await BrightnessAsync(visit.Page, ColorScheme.Light),
                await BrightnessAsync(visit.Page, ColorScheme.Dark)
            );
            Assert.That((light, dark), Is.EqualTo((1.0, 0.0)).Within(0.2), page);
        }
    }

    // 0 black, 1 white.
    private static async Task<double> BrightnessAsync(IPage page, ColorScheme scheme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        return await page.EvaluateAsync<double>(
            "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + part / 765, 0)"
        );
    }

    /// <returns>Every address that answers a page of HTML.</returns>
    private async Task<List<string>> PagesAsync(ItemId item)
    {
        var addresses = _room
            .Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(e =>
                e.RoutePattern.RawText!.Replace("{id:long}", $"{item}", StringComparison.Ordinal)
                    .Replace("{channel}", "main", StringComparison.Ordinal)
            )
            .Where(address => !address.Contains('{', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
        var pages = new List<string>();
        foreach (var address in addresses)
        {
            using var answer = await _room.Browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
                pages.Add(address);
        }
        return pages;
    }

    private static async Task DrawAsync(IPage page, string address, string kind)
    {
        if (Environment.GetEnvironmentVariable("SHORTSDAEMON_PICTURES") is not { Length: > 0 } folder)
            return;
        var name = address.Trim('/').Replace('/', '-');
        await page.ScreenshotAsync(
            new() { FullPage = true, Path = Path.Combine(folder, $"{(name.Length > 0 ? name : "now")}-{kind}.png") }
        );
    }

    private static string Script(string name)
    {
        using var stream = typeof(EveryPageTests).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
