using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace ShortsDaemon.Tests.Publish;

internal sealed class OutboxTests
{
    private OutboxWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new OutboxWorld();

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task One_promise_per_item_and_destination()
    {
        var item = await _world.ItemAsync();
        var rendition = await _world.MakeAsync(item, "video");
        var first = await _world.Promises.IntendAsync(item, rendition, "inbox/a", CancellationToken.None);
        var again = await _world.Promises.IntendAsync(item, rendition, "inbox/a", CancellationToken.None);
        var other = await _world.Promises.IntendAsync(item, rendition, "inbox/b", CancellationToken.None);
        Assert.That(again.Id, Is.EqualTo(first.Id));
        Assert.That(other.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task A_name_is_reserved_once_per_destination_and_the_loser_can_take_another()
    {
        var (a, b) = (await _world.ItemAsync("a"), await _world.ItemAsync("b"));
        var first = await _world.ShipmentAsync(a, await _world.MakeAsync(a, "a"));
        var second = await _world.ShipmentAsync(b, await _world.MakeAsync(b, "b"));
        Assert.That(await _world.Promises.TryReserveAsync(first.Publication, "x", CancellationToken.None), Is.True);
        Assert.That(await _world.Promises.TryReserveAsync(second.Publication, "x", CancellationToken.None), Is.False);
        Assert.That(second.Publication.ReservedName, Is.Null);
        Assert.That(await _world.Promises.TryReserveAsync(second.Publication, "y", CancellationToken.None), Is.True);
        Assert.That((await _world.PromiseAsync(b)).ReservedName, Is.EqualTo("y"));
    }

    [Test]
    public async Task Of_many_that_reserve_one_name_at_once_one_gets_it()
    {
        List<Task<bool>> tries = [];
        for (var i = 0; i < 8; i++)
        {
            var item = await _world.ItemAsync();
            var shipment = await _world.ShipmentAsync(item, await _world.MakeAsync(item, $"{i}"));
            tries.Add(
                Task.Run(() => _world.Promises.TryReserveAsync(shipment.Publication, "x", CancellationToken.None))
            );
        }
        Assert.That((await Task.WhenAll(tries)).Count(got => got), Is.EqualTo(1));
    }

    [Test]
    public async Task A_kept_promise_stays_as_it_was_kept()
    {
        var item = await _world.ItemAsync();
        var first = await _world.MakeAsync(item, "first");
        var shipment = await _world.ShipmentAsync(item, first);
        await _world.Promises.ConfirmAsync(shipment.Publication, "/out/x.mp4", CancellationToken.None);
        var promise = (await _world.ShipmentAsync(item, await _world.MakeAsync(item, "second"))).Publication;
        Assert.That(promise.PublishedAt, Is.EqualTo(_world.World.Clock.GetUtcNow()));
        Assert.That((promise.RenditionId, promise.Sha256), Is.EqualTo((first.Id, first.Sha256)));
    }

    [Test]
    public async Task The_database_itself_refuses_a_second_promise()
    {
        var item = await _world.ItemAsync();
        var shipment = await _world.ShipmentAsync(item, await _world.MakeAsync(item, "video"));
        await using var db = _world.World.Open();
        db.Publications.Add(
            new()
            {
                ItemId = item.Id,
                RenditionId = shipment.Rendition.Id,
                Destination = OutboxWorld.Destination,
                Sha256 = "x",
            }
        );
        Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }
}
