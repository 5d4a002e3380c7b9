using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Review;

/// <summary>Where a person decides, without script.</summary>
public sealed class ReviewPageTests
{
    private const string Evil = "<script>alert(1)</script>";

    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task One_after_the_other_is_approved_and_taken_back()
    {
        var first = await _room.AddAsync("the first", ItemState.Review);
        var second = await _room.AddAsync("the second", ItemState.Review);
        var page = await _room.PageAsync("/review");
        Assert.That(page, Does.Contain("the first").And.Contain("1 of 2").And.Contain($"/review?id={second.Id}"));
        Assert.That(page, Does.Contain("<span class=\"badge\">2</span>"));

        var answer = await _room.SendAsync("/review", $"/shorts/{first.Id}/approve", ("from", "review"));

        var next = answer.Headers.Location!.OriginalString;
        Assert.That(next, Is.EqualTo($"/review?id={first.Id}&undo={first.Id}"));
        page = await _room.PageAsync(next);
        Assert.That(page, Does.Contain("Approved: the first").And.Contain("the second").And.Contain("Undo"));
        await _room.SendAsync("/review", $"/shorts/{first.Id}/undo", ("from", "review"));
        Assert.That(await StateAsync(first.Id), Is.EqualTo(ItemState.Review));
        await _room.LogHasAsync("this machine: undo");
    }

    [Test]
    public async Task Title_and_reason_are_shown_as_they_were_written()
    {
        var item = await _room.AddAsync(Evil, ItemState.Review);

        await _room.SendAsync("/review", $"/shorts/{item.Id}/edit", ("from", "review"), ("title", Evil + "!"));
        var review = await _room.Browser.GetStringAsync("/review");
        await _room.SendAsync("/review", $"/shorts/{item.Id}/reject", ("from", "review"), ("reason", Evil));
        var page = await _room.Browser.GetStringAsync($"/shorts/{item.Id}");

        Assert.That(review, Does.Not.Contain(Evil).And.Contain(WebUtility.HtmlEncode(Evil + "!")));
        Assert.That(page, Does.Not.Contain(Evil).And.Contain("rejected by this machine"));
        Assert.That(await _room.Browser.GetStringAsync("/system"), Does.Not.Contain(Evil).And.Contain("reject"));
        Assert.That(await StateAsync(item.Id), Is.EqualTo(ItemState.Rejected));
    }

    [Test]
    public async Task What_is_refused_is_said_on_the_page()
    {
        var item = await _room.AddAsync("late", ItemState.Review);
        await _room.SendAsync("/review", $"/shorts/{item.Id}/approve", ("from", "review"));

        var again = await _room.SendAsync("/system", $"/shorts/{item.Id}/approve", ("from", "review"));
        var elsewhere = await _room.SendAsync("/system", $"/shorts/{item.Id}/retry");
        var nowhere = await _room.SendAsync("/system", "/shorts/4711/approve");

        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await again.Content.ReadAsStringAsync(), Does.Contain("it is to be published"));
        Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(await elsewhere.Content.ReadAsStringAsync(), Does.Contain("stays as it is"));
        Assert.That(nowhere.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_form_from_elsewhere_does_nothing()
    {
        var item = await _room.AddAsync("ours", ItemState.Review);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["from"] = "review" });

        var answer = await _room.Browser.PostAsync($"/shorts/{item.Id}/approve", form);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await StateAsync(item.Id), Is.EqualTo(ItemState.Review));
    }

    [Test]
    public async Task The_page_of_an_item_has_what_makes_sense()
    {
        var item = await _room.AddAsync("to come", ItemState.Publish);
        var page = await _room.PageAsync($"/shorts/{item.Id}");
        Assert.That(page, Does.Contain("Cancel for good").And.Not.Contain(">Approve<").And.Not.Contain(">Try again<"));

        await _room.SendAsync(
            $"/shorts/{item.Id}",
            $"/shorts/{item.Id}/edit",
            ("notBefore", "2099-01-02T03:04"),
            ("hasTime", "true")
        );
        await _room.SendAsync($"/shorts/{item.Id}", $"/shorts/{item.Id}/edit", ("title", "Mine"));

        page = await _room.PageAsync($"/shorts/{item.Id}");
        Assert.That(page, Does.Contain("value=\"2099-01-02T03:04\"").And.Contain("value=\"Mine\""));
        Assert.That(page, Does.Contain("Who did what").And.Contain("not before 2099-01-02 03:04:00Z"));
        await _room.SendAsync($"/shorts/{item.Id}", $"/shorts/{item.Id}/cancel");
        Assert.That(await StateAsync(item.Id), Is.EqualTo(ItemState.Rejected));
    }

    [Test]
    public async Task An_alert_that_somebody_knows_of_stays_open()
    {
        await _room
            .Services.GetRequiredService<Alerts>()
            .RaiseAsync("BreakerOpen", "Twitch", AlertLevel.Warning, "It is down", CancellationToken.None);
        Assert.That(await _room.PageAsync("/system"), Does.Contain("I know: BreakerOpen Twitch"));

        await _room.SendAsync("/system", "/system/alerts", ("of", "1"));

        Assert.That(
            await _room.PageAsync("/system"),
            Does.Contain("this machine knows of it").And.Not.Contain("I know: BreakerOpen Twitch")
        );
    }

    private async Task<ItemState> StateAsync(ItemId id)
    {
        await using var db = await _room.DatabaseAsync();
        return (await db.Items.AsNoTracking().SingleAsync(i => i.Id == id)).State;
    }
}
