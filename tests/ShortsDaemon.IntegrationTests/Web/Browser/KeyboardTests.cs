using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Storage;
using static Microsoft.Playwright.Assertions;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>From the login to a job that runs, and out again, without a mouse.</summary>
public sealed class KeyboardTests
{
    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        OneChromium.Get();
        _room = await Room.OpenAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (_room is not null)
            await _room.DisposeAsync();
    }

    [Test]
    public async Task Login_a_job_and_logout_need_no_mouse()
    {
        await _room.AddAccountAsync();
        await using var visit = await Visit.BeginAsync(_room);
        var page = visit.Page;

        await page.GotoAsync("/system");
        await LogInAsync(page, "not the password");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no account");
        await LogInAsync(page, Room.Password);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "System" })).ToBeVisibleAsync();

        await PressAsync(page, "Run now: prune");
        await Expect(page.GetByText("asked for; it begins within a minute")).ToBeVisibleAsync();
        await using var db = await _room.DatabaseAsync();
        Assert.That((await db.JobRuns.SingleAsync()).Outcome, Is.EqualTo(JobOutcome.Wished));

        await PressAsync(page, "Log ada out");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Log in" })).ToBeVisibleAsync();
        // The browser itself notes that the wrong password was refused.
        Assert.That(visit.Complaints, Has.All.Contain("401"));
    }

    [Test]
    public async Task The_first_key_leads_past_the_menu()
    {
        await using var visit = await Visit.BeginAsync(_room);
        await visit.Page.GotoAsync("/");

        await visit.Page.Keyboard.PressAsync("Tab");

        var skip = visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" });
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
    }

    // The name has the focus when the page has come.
    private static async Task LogInAsync(IPage page, string password)
    {
        await Expect(page.GetByLabel("Name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("ada");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task PressAsync(IPage page, string button)
    {
        const string focus = "() => document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()";
        for (var i = 0; i < 60 && await page.EvaluateAsync<string>(focus) != button; i++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
    }
}
