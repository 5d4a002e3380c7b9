using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.AfterRestore;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>Brings the Short that passed the gate to every destination of its channel.</summary>
public sealed class PublishStage(
    PublisherCatalog publishers,
    SourceCatalog sources,
    Outbox outbox,
    PostingSlots slots,
    DatabaseDamage damage,
    RestoreLock restored,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    TimeProvider time,
    ILogger<PublishStage> log
) : IStage
{
    private static readonly TimeSpan DryRunPause = TimeSpan.FromMinutes(10);

    public ItemState State => ItemState.Publish;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var promises = await outbox.OfAsync(context.Item.Id, cancel);
        if (context.Item.PublishAfter is { } wanted && wanted > time.GetUtcNow() && !promises.Any(p => p.HasBegun))
            throw new NotYetException(wanted, "a person wants it published no earlier");
        var open = Open(context, promises);
        if (open.Count > 0 && await ShipAsync(context, open, promises, cancel) is { } later)
            return later;
        if (DestinationFailures.Everywhere(await outbox.OfAsync(context.Item.Id, cancel)) is { } refused)
            return refused;
        await ReleaseAsync(context, cancel);
        return new Outcome.Advanced();
    }

    private static List<DestinationOptions> Open(StageContext context, IReadOnlyList<Publication> promises)
    {
        var kept = promises.Where(p => p.SettledAt is not null).Select(p => p.Destination).ToHashSet();
        return [.. context.Channel.Destinations.Where(d => !kept.Contains(NameOf(context, d)))];
    }

    private async Task<Outcome?> ShipAsync(
        StageContext context,
        List<DestinationOptions> open,
        IReadOnlyList<Publication> promises,
        CancellationToken cancel
    )
    {
        var rendition = await databases.LatestRenditionAsync(context.Item.Id, cancel);
        await damage.RequireWholeAsync(cancel);
        // What has arrived everywhere needs its files no more: their loss must not send it back.
        var arrived = promises.Where(p => p.RemoteId is not null).Select(p => p.Destination).ToHashSet();
        if (open.Exists(d => !arrived.Contains(NameOf(context, d))))
            await RequireApprovedAsync(rendition, context.Files, cancel);
        // The canary goes nowhere but into its own folder.
        if (options.Value.Daemon.DryRun && context.Item.Id != CanaryItem.Id)
            return new Outcome.RetryLater(
                time.GetUtcNow() + DryRunPause,
                "dry run: it would be published to " + string.Join(", ", open.Select(d => d.Name ?? d.Type))
            );
        return await ShipToAllAsync(context, rendition!, open, cancel);
    }

    // One destination that is down, or waits for a person, must not keep the Short from the others.
    private async Task<Outcome?> ShipToAllAsync(
        StageContext context,
        Rendition rendition,
        List<DestinationOptions> open,
        CancellationToken cancel
    )
    {
        List<Exception> failures = [];
        foreach (var destination in open)
        {
            try
            {
                await ShipAsync(context, rendition, destination, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                log.LogDebug(e, "Destination {Destination} failed", NameOf(context, destination));
                failures.Add(e);
            }
        }
        return failures.Count == 0
            ? null
            : DestinationFailures.Later(context.Item, failures, options.Value.Retry, time.GetUtcNow());
    }

    private static async Task RequireApprovedAsync(Rendition? rendition, WorkFolder files, CancellationToken cancel)
    {
        if (rendition?.Sha256 is null)
            throw new MissingArtefactException(ItemState.Gate, "the Short has not passed the gate");
        if (!File.Exists(files.Video) || !File.Exists(files.Thumbnail))
            throw new MissingArtefactException(ItemState.Render, "the Short is gone from the work folder");
        if (await FileHash.OfAsync(files.Video, cancel) != rendition.Sha256)
            throw new MissingArtefactException(ItemState.Render, "the Short is not the file that passed the gate");
    }

    private async Task ShipAsync(
        StageContext context,
        Rendition rendition,
        DestinationOptions destination,
        CancellationToken cancel
    )
    {
        var item = context.Item;
        var name = NameOf(context, destination);
        await restored.RequireOpenAsync(name, cancel);
        var promise = await outbox.IntendAsync(item, rendition, name, cancel);
        if (await restored.AdoptAsync(item, promise, cancel))
            log.LogInformation("'{Title}' is there already: {RemoteId}", item.Title, promise.RemoteId);
        await slots.RequireAsync(context, destination, promise, cancel);
        var shipment = new Shipment(item, rendition, promise, context.Files.Video, context.Files.Thumbnail, outbox);
        try
        {
            var remoteId = await publishers.Of(destination.Type).PublishAsync(shipment, destination, cancel);
            await outbox.ConfirmAsync(promise, remoteId, cancel);
            log.LogInformation("Published '{Title}' at {RemoteId}", item.Title, remoteId);
        }
        catch (RefusedByDestinationException e)
        {
            await outbox.RefuseAsync(promise, e.Message, cancel);
            log.LogWarning(
                "{Destination} does not take '{Title}': {Reason}",
                promise.Destination,
                item.Title,
                e.Message
            );
        }
        catch (ArrivedUnseenException e)
        {
            await outbox.SettleAsync(promise, e.Message, cancel);
            log.LogWarning("'{Title}' at {Destination}: {Reason}", item.Title, promise.Destination, e.Message);
        }
        catch (Exception e)
            when (!cancel.IsCancellationRequested && DestinationFailures.IsLastTry(item, e, options.Value.Retry))
        {
            // Given up here; the item goes on for the destinations that wait.
            var reason = $"given up after {item.Tries + 1} tries: {e.Message}";
            // What has arrived is there, however little could be done for it afterwards.
            if (promise.RemoteId is null)
                await outbox.RefuseAsync(promise, reason, cancel);
            else
                await outbox.SettleAsync(promise, reason, cancel);
            log.LogError(e, "{Destination} was given up for '{Title}'", promise.Destination, item.Title);
        }
    }

    private static string NameOf(StageContext context, DestinationOptions destination) =>
        destination.NameIn(context.Item.Channel);

    private async Task ReleaseAsync(StageContext context, CancellationToken cancel)
    {
        foreach (var settings in context.Channel.Sources)
        {
            var source = sources.Of(settings.Type);
            if (source.Identify(settings) == context.Item.Source)
                await source.ReleaseAsync(context.Item, settings, cancel);
        }
    }
}
