using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Publish;

/// <summary>Each destination waits, fails or arrives for itself.</summary>
internal sealed class SeveralDestinationsTests
{
    private readonly Dictionary<string, Func<Task<string>>> _answers = [];
    private OutboxWorld _world = null!;

    [SetUp]
    public void Open()
    {
        _answers.Clear();
        _world = new OutboxWorld(services => services.AddSingleton<IPublisher>(new Answering(_answers)));
    }

    [TearDown]
    public void Close() => _world.Dispose();

    [Test]
    public async Task It_comes_back_at_the_earliest_time_of_those_that_wait()
    {
        var now = _world.World.Clock.GetUtcNow();
        _answers["held"] = () => throw new NotYetException(now + TimeSpan.FromDays(3), "held by a person");
        _answers["slot"] = () => throw new NotYetException(now + TimeSpan.FromMinutes(40), "its slot");
        _answers["free"] = () => Task.FromResult("there");

        var item = await RunAsync("held", "slot", "free");

        Assert.That(item.NotBefore, Is.EqualTo(now + TimeSpan.FromMinutes(40)));
        Assert.That(item.Reason, Is.EqualTo("held by a person; its slot"));
        Assert.That(await ArrivedAsync(item), Is.EqualTo(new[] { "inbox/free" }));
    }

    [Test]
    public async Task One_that_fails_is_given_up_alone()
    {
        var now = _world.World.Clock.GetUtcNow();
        _answers["held"] = () => throw new NotYetException(now + TimeSpan.FromDays(3), "held by a person");
        _answers["broken"] = () => throw new InvalidOperationException("a bug");

        var item = await RunAsync("held", "broken");
        for (var i = 0; item.State == ItemState.Publish && i < 10 && item.Reason == "a bug"; i++)
            item = await AgainAsync(item);

        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Publish, "held by a person")));
        await using var db = _world.World.Open();
        var broken = await db.Publications.SingleAsync(p => p.Destination == "inbox/broken");
        Assert.That(broken.Rejection, Does.StartWith("given up after").And.EndsWith("a bug"));
        _answers["held"] = () => Task.FromResult("there");
        Assert.That((await AgainAsync(item)).State, Is.EqualTo(ItemState.Published));
    }

    [Test]
    public async Task One_that_refuses_keeps_nobody()
    {
        _answers["strict"] = () => throw new RefusedByDestinationException("no");
        _answers["free"] = () => Task.FromResult("there");

        var item = await RunAsync("strict", "free");

        Assert.That(item.State, Is.EqualTo(ItemState.Published));
        Assert.That(await ArrivedAsync(item), Is.EqualTo(new[] { "inbox/free" }));
    }

    [Test]
    public async Task Refused_everywhere_it_ends()
    {
        _answers["strict"] = () => throw new RefusedByDestinationException("no");

        var item = await RunAsync("strict");

        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Failed, "no")));
    }

    [Test]
    public async Task A_lost_file_goes_before_waiting()
    {
        _answers["slot"] = () => throw new NotYetException(DateTimeOffset.MaxValue, "its slot");
        _answers["lost"] = () => throw new MissingArtefactException(ItemState.Render, "gone");

        Assert.That((await RunAsync("slot", "lost")).State, Is.EqualTo(ItemState.Render));
    }

    private async Task<Item> RunAsync(params string[] destinations)
    {
        var before = _world.World.Live.Value;
        _world.World.Live.Accept(
            new ShortsOptions
            {
                Daemon = before.Daemon,
                Storage = before.Storage,
                Retry = before.Retry,
                Channels =
                {
                    ["inbox"] = new()
                    {
                        Sources = before.Channels["inbox"].Sources,
                        Destinations =
                        [
                            .. destinations.Select(d => new FolderDestinationOptions { Type = "Answering", Name = d }),
                        ],
                    },
                },
            }
        );
        var item = await _world.ItemAsync();
        await _world.MakeAsync(item, "video");
        return await AgainAsync(item);
    }

    private async Task<Item> AgainAsync(Item item)
    {
        await using var db = _world.World.Open();
        var now = await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
        return await _world.World.Get<StageRunner>().RunAsync(now, CancellationToken.None);
    }

    private async Task<List<string>> ArrivedAsync(Item item)
    {
        await using var db = _world.World.Open();
        return await db
            .Publications.Where(p => p.ItemId == item.Id && p.PublishedAt != null)
            .Select(p => p.Destination)
            .ToListAsync();
    }

    private sealed class Answering(Dictionary<string, Func<Task<string>>> answers) : IPublisher
    {
        public string Type => "Answering";

        public Task<string> PublishAsync(Shipment shipment, DestinationOptions options, CancellationToken cancel) =>
            answers[options.Name!]();

        public Task<IReadOnlyList<FoundUpload>> ReadBackAsync(
            string destination,
            DestinationOptions options,
            DateTimeOffset since,
            CancellationToken cancel
        ) => Task.FromResult<IReadOnlyList<FoundUpload>>([]);
    }
}
