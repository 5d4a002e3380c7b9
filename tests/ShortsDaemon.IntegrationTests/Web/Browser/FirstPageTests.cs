using Microsoft.Playwright;
using NUnit.Framework;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using static Microsoft.Playwright.Assertions;

namespace ShortsDaemon.IntegrationTests.Web.Browser;

/// <summary>The first page in a browser.</summary>
public sealed class FirstPageTests
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
    public async Task It_is_readable_without_script()
    {
        var item = await _room.AddAsync("a clip", ItemState.Render);
        _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        await using var visit = await Visit.BeginAsync(_room, new() { JavaScriptEnabled = false });

        await visit.Page.GotoAsync("/");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Now" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "a clip" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Row, new() { Name = "Render 1 0" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Progress_arrives_without_a_reload()
    {
        var item = await _room.AddAsync("a clip", ItemState.Render);
        await using var visit = await Visit.BeginAsync(_room);
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByText("Nothing at the moment.")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("() => { window.isTheSame = true; }");

        _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        var bar = visit.Page.GetByRole(AriaRole.Progressbar, new() { Name = "a clip" });
        foreach (var percent in new[] { 12.0, 62 })
        {
            var progress = new EncodeProgress(percent, 1.5, TimeSpan.FromSeconds(9));
            _room.Events.Tell(new FlowEvent.StageProgressed(item, ItemState.Render, progress));
            await Expect(bar).ToHaveJSPropertyAsync("value", percent);
        }
        _room.Events.Tell(new FlowEvent.StageEnded(item, ItemState.Render, AttemptResult.Advanced, TimeSpan.Zero));

        await Expect(visit.Page.GetByText("Nothing at the moment.")).ToBeVisibleAsync();
        Assert.That(await visit.Page.EvaluateAsync<bool>("() => window.isTheSame"), Is.True);
        Assert.That(visit.Complaints, Is.Empty);
    }

    [Test]
    public async Task Without_the_daemon_it_says_that_it_is_old()
    {
        await using var visit = await Visit.BeginAsync(_room);
        await visit.Page.GotoAsync("/");
        var board = visit.Page.Locator("#board");
        await Expect(board).Not.ToHaveClassAsync("stale");

        await _room.StopAsync();

        await Expect(board).ToHaveClassAsync("stale");
        var words = "(part) => getComputedStyle(part, '::before').content";
        Assert.That(await board.EvaluateAsync<string>(words), Does.Contain("No connection"));
    }
}
