using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What came through, how fast, and why the rest did not.</summary>
public sealed class InsightsTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private Room _room = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        for (var i = 0; i < 4; i++)
            await PublishAsync(await ItemAsync(ItemState.Published, score: 0.9 - i / 100.0), i);
        await ItemAsync(ItemState.Failed, 0.5, "It took 12.5 s, more than 3 s: <i>slow</i>.");
        await ItemAsync(ItemState.Failed, 0.4, "It took 7 s, more than 3 s: <i>slow</i>.");
        await ItemAsync(ItemState.Rejected, 0.1, "Shorter than 3 s.");
        await ItemAsync(ItemState.Candidate, null);
        var old = await ItemAsync(ItemState.Failed, 0.2, "Long ago.");
        old.DiscoveredAt = Now.AddDays(-60);
        await _room.SaveAsync(old);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task The_funnel_tells_what_became_of_what_was_found()
    {
        var page = await _room.PageAsync("/insights?days=30");

        Assert.That(page, Does.Match(Row("found", "8")));
        Assert.That(page, Does.Match(Row("made into a Short", "4")));
        Assert.That(page, Does.Match(Row("published", "4")));
        Assert.That(await _room.PageAsync("/insights?days=90"), Does.Match(Row("found", "9")));
        Assert.That(await _room.PageAsync("/insights?channel=none"), Does.Match(Row("found", "0")));
    }

    [Test]
    public async Task The_same_trouble_with_other_numbers_is_one_reason()
    {
        var page = await _room.PageAsync("/insights?days=30");

        Assert.That(
            page,
            Does.Match("(?s)<td>2</td><td>given up</td><td>It took … s, more than … s: <i>slow</i>.</td>")
        );
        Assert.That(page, Does.Match("(?s)<td>1</td><td>rejected</td><td>Shorter than … s.</td>"));
        Assert.That(page, Does.Not.Contain("Long ago."));
        Assert.That(await _room.Browser.GetStringAsync("/insights"), Does.Not.Contain("<i>slow"));
    }

    [Test]
    public async Task Stages_encoders_scores_and_days_are_summed_up()
    {
        var page = await _room.PageAsync("/insights?days=7");

        Assert.That(page, Does.Match("(?s)<th scope=\"row\">Render</th><td>4</td><td>12.0? s</td>"));
        Assert.That(
            page,
            Does.Match("(?s)<th scope=\"row\">libx264</th>\\s*<td>4</td>.*100 %.*2.5× as fast as it plays")
        );
        Assert.That(page, Does.Match("(?s)<th scope=\"row\">0.9 to 0.9</th>\\s*<td>1</td>\\s*<td>1 \\(100 %\\)</td>"));
        Assert.That(
            page,
            Does.Match(
                "(?s)<th scope=\"row\">0.4 to 0.1</th>\\s*<td>2</td>\\s*<td>0 \\(0 %\\)</td>\\s*<td>2 \\(100 %\\)</td>"
            )
        );
        Assert.That(page, Does.Contain("Shorts published, 4 in all"));
    }

    private static string Row(string name, string count) => $"(?s)<th scope=\"row\">{name}</th>\\s*<td>{count}</td>";

    private async Task<Item> ItemAsync(ItemState state, double? score, string? reason = null)
    {
        var item = await _room.AddAsync("a clip", state);
        (item.DiscoveredAt, item.Score, item.Reason) = (Now.AddHours(-1), score, reason);
        await _room.SaveAsync(item);
        return item;
    }

    private async Task PublishAsync(Item item, int number)
    {
        var rendition = new Rendition
        {
            ItemId = item.Id,
            MadeAt = Now,
            Layout = "CentreCrop",
            Encoder = "libx264",
            LengthSeconds = 30,
            EncodeSeconds = 12,
        };
        await _room.SaveAsync(rendition);
        await _room.SaveAsync(
            new Attempt
            {
                ItemId = item.Id,
                Stage = ItemState.Render,
                StartedAt = Now.AddSeconds(-12),
                EndedAt = Now,
                Result = AttemptResult.Advanced,
            },
            new Publication
            {
                ItemId = item.Id,
                RenditionId = rendition.Id,
                Destination = $"main/Folder{number}",
                Sha256 = "00",
                IntendedAt = Now,
                PublishedAt = Now.AddMinutes(-1),
            }
        );
    }
}
