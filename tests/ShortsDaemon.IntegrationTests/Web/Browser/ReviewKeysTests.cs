using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using static Microsoft.Playwright.Assertions;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>The review without a mouse.</summary>
public sealed class ReviewKeysTests
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
    public async Task Every_decision_has_its_key()
    {
        foreach (var title in (string[])["first", "second", "third"])
            await _room.AddAsync(title, ItemState.Review);
        await using var visit = await Visit.BeginAsync(_room);
        var (page, keys) = (visit.Page, visit.Page.Keyboard);
        await page.GotoAsync("/review");

        await keys.PressAsync("j");
        await ShowsAsync(page, "second");
        await keys.PressAsync("k");
        await ShowsAsync(page, "first");
        // While somebody writes, a letter is a letter.
        await keys.PressAsync("e");
        await Expect(page.GetByLabel("Title, empty for that of the template")).ToBeFocusedAsync();
        await keys.TypeAsync("arkju");
        await keys.PressAsync("Enter");
        await ShowsAsync(page, "arkju");
        await keys.PressAsync("a");
        await Expect(page.GetByText("Approved: arkju")).ToBeVisibleAsync();
        await ShowsAsync(page, "second");
        await keys.PressAsync("r");
        await keys.TypeAsync("too loud");
        await keys.PressAsync("Enter");
        await ShowsAsync(page, "third");

        await using var db = await _room.DatabaseAsync();
        var states = await db.Items.OrderBy(i => i.Id).Select(i => new { i.State, i.Reason }).ToListAsync();
        Assert.That(
            states.Select(i => i.State),
            Is.EqualTo(new[] { ItemState.Publish, ItemState.Rejected, ItemState.Review })
        );
        Assert.That(states[1].Reason, Is.EqualTo("rejected by this machine: too loud"));
        Assert.That(visit.Complaints, Is.Empty);
    }

    private static Task ShowsAsync(IPage page, string title) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true })).ToBeVisibleAsync();
}
