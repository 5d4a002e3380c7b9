using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What was published on which day, and what is to be.</summary>
public sealed class CalendarTests
{
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        await AddAsync("out", "Sent <b>title</b>", at: "2026-03-29T22:30:00Z", isOut: true);
        await AddAsync("to come", null, at: "2026-03-30T08:00:00Z", isOut: false);
        await AddAsync("taken down", "Gone", at: "2026-03-30T09:00:00Z", isOut: true, rejection: "duplicate");
        await AddAsync("other month", null, at: "2026-04-01T00:00:00Z", isOut: true);
        for (var i = 0; i < 14; i++)
            await AddAsync($"many {i}", null, at: $"2026-03-05T{i:00}:00:00Z", isOut: true);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task A_day_shows_what_was_published_and_what_is_to_come()
    {
        var page = await _room.PageAsync("/calendar?month=2026-03");

        Assert.That(page, Does.Match("(?s)Sun 29</time>.*✓.*22:30.*Sent <b>title</b>.*Mon 30</time>"));
        Assert.That(page, Does.Match("(?s)Mon 30</time>.*◷.*08:00.*to come.*✗.*09:00.*Gone.*Tue 31</time>"));
        Assert.That(page, Does.Not.Contain("other month"));
        Assert.That(await _room.Browser.GetStringAsync("/calendar?month=2026-03"), Does.Not.Contain("<b>title"));
    }

    [Test]
    public async Task A_full_day_says_how_many_more_there_are()
    {
        var page = await _room.PageAsync("/calendar?month=2026-03");

        Assert.That(page, Does.Contain("many 11").And.Not.Contain("many 12"));
        Assert.That(page, Does.Contain("and 2 more").And.Contain("17 Shorts."));
    }

    [Test]
    public async Task A_channel_is_shown_by_its_own_clock()
    {
        _room.Configure("Europe/Berlin"); // the clocks went forward there on the 29th

        var page = await _room.PageAsync("/calendar?month=2026-03&channel=main");

        Assert.That(page, Does.Match("(?s)Mon 30</time>.*00:30.*Sent.*10:00.*to come"));
        Assert.That(page, Does.Contain("Europe/Berlin"));
        Assert.That(
            await _room.PageAsync("/calendar?month=2026-03&channel=none"),
            Does.Contain("0 published, 0 to come.")
        );
    }

    [TestCase("")]
    [TestCase("?month=2026-13")]
    [TestCase("?month=0001-01")]
    [TestCase("?month=9999-12&channel=%00")]
    public async Task What_makes_no_sense_is_the_present_month(string query)
    {
        var now = TimeProvider.System.GetUtcNow();

        Assert.That(await _room.PageAsync("/calendar" + query), Does.Contain($"<h2>{now:MMMM yyyy}</h2>"));
    }

    private async Task AddAsync(string title, string? sent, string at, bool isOut, string? rejection = null)
    {
        var item = await _room.AddAsync(title, isOut ? ItemState.Published : ItemState.Publish);
        var moment = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        var rendition = new Rendition
        {
            ItemId = item.Id,
            MadeAt = moment,
            Layout = "CentreCrop",
            Encoder = "libx264",
        };
        await _room.SaveAsync(rendition);
        await _room.SaveAsync(
            new Publication
            {
                ItemId = item.Id,
                RenditionId = rendition.Id,
                Destination = "main/Folder",
                Sha256 = "00",
                IntendedAt = moment,
                Title = sent,
                SlotAt = moment,
                PublishedAt = isOut ? moment : null,
                Rejection = rejection,
            }
        );
    }
}
