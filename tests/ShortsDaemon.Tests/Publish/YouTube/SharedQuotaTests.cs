using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Three channels, two projects: whose uploads are used up waits, the other one goes on.</summary>
internal sealed class SharedQuotaTests
{
    [Test]
    public async Task A_project_whose_uploads_end_in_the_middle_of_a_run_stops_its_channels_and_no_other()
    {
        await using var stage = await YouTubeStage.OpenAsync();
        var begin = await stage.ItemAsync();
        await AddChannelAsync(stage, "second");
        await AddChannelAsync(stage, "third", stage.World.Google.AddProject("other"));
        stage.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: 2));
        var tomorrow = stage.Tomorrow;

        Assert.That((await stage.SettleAsync(begin)).State, Is.EqualTo(ItemState.Published));
        Assert.That((await stage.SettleAsync(await ItemAsync(stage, "second"))).State, Is.EqualTo(ItemState.Published));
        var first = await stage.RunAsync(await stage.ItemAsync());
        var second = await stage.RunAsync(await ItemAsync(stage, "second"));
        Assert.That(
            (first.NotBefore, second.NotBefore),
            Is.EqualTo(((DateTimeOffset?)tomorrow, (DateTimeOffset?)tomorrow))
        );
        Assert.That(tomorrow - stage.Clock.GetUtcNow(), Is.GreaterThan(TimeSpan.FromHours(1)));
        Assert.That(stage.YouTube.Quota().Refused, Is.EqualTo(1), "one asks in vain, and all know");
        for (var i = 0; i < 3; i++)
        {
            var third = await stage.SettleAsync(await ItemAsync(stage, "third"));
            Assert.That(third.State, Is.EqualTo(ItemState.Published), third.Reason);
        }
        Assert.That(stage.Clock.GetUtcNow(), Is.LessThan(tomorrow), "it waited for nobody");

        Assert.That((await stage.SettleAsync(first)).State, Is.EqualTo(ItemState.Published));
        Assert.That((await stage.SettleAsync(second)).State, Is.EqualTo(ItemState.Published));
        Assert.That(stage.Clock.GetUtcNow(), Is.GreaterThanOrEqualTo(tomorrow));
        Assert.That(stage.YouTube.Uploads, Has.Count.EqualTo(7));
        Assert.That(
            stage.YouTube.Uploads.Select(v => v.ChannelId).Distinct(),
            Is.EquivalentTo([YouTubeStage.Channel, "UC-second", "UC-third"])
        );
    }

    private static async Task AddChannelAsync(YouTubeStage stage, string name, GoogleProject? project = null)
    {
        stage.YouTube.AddAccount(name, $"UC-{name}", name);
        await stage.LogInAsync(name, project);
        stage.Flow.Live.Value.Channels[name] = new()
        {
            Sources = stage.Flow.Live.Value.Channels["inbox"].Sources,
            Destinations =
            [
                new YouTubeDestinationOptions
                {
                    Type = YouTubePublisher.TypeName,
                    Credentials = name,
                    MaxPerDay = 0,
                    MinSpacing = 0,
                },
            ],
        };
        await using var db = stage.Flow.Open();
        db.Channels.Add(new Pipeline.Storage.Channel { Name = name, FirstSeenAt = stage.Clock.GetUtcNow() });
        await db.SaveChangesAsync();
    }

    private static async Task<Item> ItemAsync(YouTubeStage stage, string channel)
    {
        var item = await stage.ItemAsync();
        await using var db = stage.Flow.Open();
        db.Attach(item);
        item.Channel = channel;
        await db.SaveChangesAsync();
        return item;
    }
}
