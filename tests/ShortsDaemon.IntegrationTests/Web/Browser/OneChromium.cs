using Microsoft.Playwright;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>The one Chromium of the run; each test has a profile of its own in it.</summary>
[SetUpFixture]
public sealed class OneChromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Rendering is by the processor, and nothing goes out but to the room.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>ms; what is there sooner is not waited for.</summary>
    internal const float Patience = 60_000;

    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    /// <summary>Skips the test where there is no Chromium.</summary>
    internal static IBrowser Get()
    {
        if (_browser is null)
            Assert.Ignore($"None of {string.Join(", ", Names)} is on PATH: install the package chromium.");
        return _browser!;
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (Find() is not { } program)
            return;
        // On a busy machine everything takes its time.
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = program,
                Args = Arguments,
                Timeout = Patience,
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
