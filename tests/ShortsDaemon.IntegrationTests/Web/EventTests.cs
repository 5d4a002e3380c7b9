using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Web.Api;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>What is told over the stream of events, to whom, and what is not lost in silence.</summary>
public sealed class EventTests
{
    private const string Address = "/api/v1/events";
    private Room _room = null!;

    [SetUp]
    public async Task OpenAsync() => _room = await Room.OpenAsync();

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task Items_and_alerts_are_told_as_they_happen()
    {
        var item = await _room.AddAsync("a clip", ItemState.Render);
        await using var events = await ListenAsync(Address);
        Assert.That(await events.NextAsync(), Is.EqualTo("beat"), "it begins with a sign of life");

        _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        foreach (var percent in (double[])[62.1, 62.9])
            _room.Events.Tell(
                new FlowEvent.StageProgressed(
                    item,
                    ItemState.Render,
                    new EncodeProgress(percent, 1.5, TimeSpan.FromSeconds(9))
                )
            );
        item.Reason = "no room, token=geheim1234";
        _room.Events.Tell(
            new FlowEvent.StageEnded(item, ItemState.Render, AttemptResult.Retrying, TimeSpan.FromSeconds(3))
        );
        var alerts = _room.Services.GetRequiredService<Alerts>();
        await alerts.RaiseAsync("DiskLow", "data", AlertLevel.Warning, "little room", CancellationToken.None);
        await alerts.ResolveAsync("DiskLow", "data", CancellationToken.None);

        Assert.That(await events.NextAsync(), Is.EqualTo("item"));
        Assert.That((long)events.Data["item"]!, Is.EqualTo(item.Id.Value));
        Assert.That((string?)events.Data["title"], Is.EqualTo("a clip"));
        Assert.That(await events.NextAsync(), Is.EqualTo("progress"));
        Assert.That((double)events.Data["percent"]!, Is.EqualTo(62.1));
        Assert.That(await events.NextAsync(), Is.EqualTo("item"), "one progress for each percent");
        Assert.That((string?)events.Data["result"], Is.EqualTo("Retrying"));
        Assert.That((string?)events.Data["reason"], Is.EqualTo("no room, token=***"));
        Assert.That(await events.NextAsync(), Is.EqualTo("alert"));
        Assert.That((bool)events.Data["isOpen"]!, Is.True);
        Assert.That(await events.NextAsync(), Is.EqualTo("alert"));
        Assert.That((bool)events.Data["isOpen"]!, Is.False);
    }

    [Test]
    public async Task One_item_can_be_followed_alone()
    {
        var (other, mine) = (await _room.AddAsync("other"), await _room.AddAsync("mine"));
        await using var events = await ListenAsync($"{Address}?item={mine.Id}");
        await events.NextAsync();

        _room.Events.Tell(new FlowEvent.StageStarted(other, ItemState.Render));
        _room.Events.Tell(new FlowEvent.StageStarted(mine, ItemState.Gate));

        await events.NextAsync();
        Assert.That((string?)events.Data["title"], Is.EqualTo("mine"));
        await (await _room.Browser.GetAsync($"{Address}?item=mine")).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Who_comes_back_goes_on_where_he_was_and_is_told_what_is_lost()
    {
        var item = await _room.AddAsync("a clip");
        string last;
        await using (var before = await ListenAsync(Address))
        {
            await before.NextAsync();
            Happen(0);
            await before.NextAsync();
            last = before.Id;
        }

        for (var i = 1; i <= EventShelf.Kept; i++)
            Happen(i);
        await using (var after = await ListenAsync(Address, last))
        {
            await after.NextAsync();
            for (var i = 1; i <= EventShelf.Kept; i++)
                Assert.That((await after.NextAsync(), (string?)after.Data["title"]), Is.EqualTo(("item", $"clip {i}")));
        }

        for (var i = 0; i < 3; i++)
            Happen(EventShelf.Kept + 1 + i);
        await using (var late = await ListenAsync(Address, last))
        {
            await late.NextAsync();
            Assert.That((await late.NextAsync(), (int)late.Data["events"]!), Is.EqualTo(("lost", 3)));
            await late.NextAsync();
            Assert.That((string?)late.Data["title"], Is.EqualTo("clip 4"));
        }

        await using var stranger = await ListenAsync(Address, "17-4");
        Assert.That(await stranger.NextAsync(), Is.EqualTo("lost"), "of another start");

        void Happen(int number)
        {
            item.Title = $"clip {number}";
            _room.Events.Tell(new FlowEvent.StageStarted(item, ItemState.Render));
        }
    }

    private async Task<Listener> ListenAsync(string address, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastId is not null)
            request.Headers.Add("Last-Event-ID", lastId);
        var answer = await _room.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        return new Listener(await answer.Content.ReadAsStreamAsync());
    }

    private sealed class Listener(Stream stream) : IAsyncDisposable
    {
        private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
        private IAsyncEnumerator<SseItem<string>>? _events;

        public JsonNode Data => JsonNode.Parse(_events!.Current.Data)!;
        public string Id => _events!.Current.EventId!;

        /// <returns>The type of the next event.</returns>
        public async Task<string> NextAsync()
        {
            _events ??= SseParser.Create(stream).EnumerateAsync(_limit.Token).GetAsyncEnumerator();
            Assert.That(await _events.MoveNextAsync(), Is.True);
            return _events.Current.EventType;
        }

        public async ValueTask DisposeAsync()
        {
            if (_events is not null)
                await _events.DisposeAsync();
            await stream.DisposeAsync();
            _limit.Dispose();
        }
    }
}
