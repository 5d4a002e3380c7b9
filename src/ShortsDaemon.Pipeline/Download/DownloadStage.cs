using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Download;

/// <summary>Brings the source file into the work folder and refuses what was there before under another name.</summary>
public sealed class DownloadStage(
    SourceCatalog sources,
    RealFacts facts,
    Lanes lanes,
    DiskGuard disk,
    TimeProvider time
) : IStage
{
    public ItemState State => ItemState.Download;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var (item, files) = (context.Item, context.Files);
        using var place = await lanes.Download.EnterAsync(cancel);
        files.Create();
        try
        {
            if (!File.Exists(files.Source))
                await FetchAsync(item, files, cancel);
        }
        catch (FileNotFoundException e)
        {
            return new Outcome.Rejected(e.Message) { Record = (_, kept, _) => MarkGone(kept) };
        }
        var wanted = context.Channel.Selection;
        var (real, refusal) = await facts.LookAsync(item, files.Source, wanted, cancel);
        if (refusal is not null)
            return new Outcome.Rejected(refusal) { Record = (_, kept, _) => KeepFacts(kept, real) };
        var hash = await FileHash.OfAsync(files.Source, cancel);
        return new Outcome.Advanced
        {
            Record = async (db, kept, token) =>
                await KeepFacts(kept, real)
                ?? await KeepHashAsync(db, kept, hash, token)
                ?? (real.IsNew ? await SecondLook.DecideAsync(db, kept, wanted, time.GetUtcNow(), token) : null),
        };
    }

    private async Task FetchAsync(Item item, WorkFolder files, CancellationToken cancel)
    {
        var partial = WorkFolder.Partial(files.Source);
        // What a killed process left takes the very room that is asked for next.
        File.Delete(partial);
        try
        {
            await disk.RunAsync(files, DiskNeeds.OfDownload(item), BringAsync, cancel);
            WorkFolder.Finish(files.Source);
            FlowMeter.Downloaded(item, new FileInfo(files.Source).Length);
            files.DropScratch();
        }
        catch (Exception e)
        {
            // It may wait for long until the next try, and on a full disk half a recording is in everybody's way. What a
            // source keeps to go on from is worth less than room.
            File.Delete(partial);
            if (e is IOException or NoRoomException)
                files.DropScratch();
            throw;
        }

        async Task<string> BringAsync(CancellationToken token)
        {
            await sources.Of(item.SourceType).FetchAsync(item, partial, token);
            return partial;
        }
    }

    private static Task<Outcome?> MarkGone(Item item)
    {
        item.IsGone = true;
        return Task.FromResult<Outcome?>(null);
    }

    private static Task<Outcome?> KeepFacts(Item item, RealFacts.Found found)
    {
        (item.Facts, item.SizeBytes) = (found.Facts, found.SizeBytes);
        return Task.FromResult<Outcome?>(null);
    }

    // Inside the transaction: of two equal files that arrive at the same moment, exactly one is the first.
    private static async Task<Outcome?> KeepHashAsync(ShortsDb db, Item item, string hash, CancellationToken cancel)
    {
        item.ContentHash = hash;
        // Only originals count: a duplicate must neither refuse its own original, should that be fetched once more, nor
        // stand for one that failed.
        var first = await db
            .Items.Where(i =>
                i.ContentHash == hash
                && i.Channel == item.Channel
                && i.Id != item.Id
                && i.DuplicateOf == null
                && i.State != ItemState.Failed
                && i.State != ItemState.Expired
            )
            .OrderBy(i => i.Id)
            .FirstOrDefaultAsync(cancel);
        if (first is null)
            return null;
        item.DuplicateOf = first.Id;
        return new Outcome.Rejected($"it has the same content as item {item.DuplicateOf} ('{first.Title}')");
    }
}
