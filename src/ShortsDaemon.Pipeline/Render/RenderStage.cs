using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Makes the Short and its thumbnail.</summary>
public sealed class RenderStage(
    ShortMaker maker,
    OverlayStep overlays,
    Lanes lanes,
    DiskGuard disk,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options,
    TimeProvider time,
    ILogger<RenderStage> log
) : IStage
{
    // Where the facecam of each broadcaster was last: tried where it is not found anew, and checked each time.
    private readonly ConcurrentDictionary<(string Channel, string Broadcaster), Region> _facecams = new();

    public ItemState State => ItemState.Render;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var files = context.Files;
        if (!File.Exists(files.Source))
            throw new MissingArtefactException(ItemState.Download, "the source file is gone from the work folder");
        var logins = await LoginsAsync(context, cancel);
        using var place = await lanes.Encode.EnterAsync(cancel);
        var overlay = await OverlayAsync(context, cancel);
        var made = await disk.RunAsync(
            files,
            DiskNeeds.OfShort(context.Item.Facts),
            token => maker.MakeAsync(Request(context, overlay, logins), context.Progress, token),
            cancel
        );
        if (made.Facecam is { } facecam)
            _facecams[Streamer(context.Item)] = facecam;
        WorkFolder.Finish(files.Thumbnail);
        WorkFolder.Finish(files.Video);
        FlowMeter.Encoded(context.Item, made.Encoder);
        return new Outcome.Advanced
        {
            Note = NoteOf(made),
            Record = (db, item, _) =>
            {
                db.Renditions.Add(Describe(item, context.Channel.Render, made));
                return Task.FromResult<Outcome?>(null);
            },
        };
    }

    private async Task<DrawnOverlay> OverlayAsync(StageContext context, CancellationToken cancel)
    {
        var (item, files) = (context.Item, context.Files);
        var order = new OverlayOrder(files.Source, files.Root, context.Channel.Render, OverlayWords.Of(item))
        {
            Original = Path.IsPathFullyQualified(item.Location) ? item.Location : null,
            Waits = item.Waits,
        };
        var overlay = await overlays.MakeAsync(order, cancel);
        foreach (var remark in overlay.Remarks)
            log.LogWarning("'{Title}': {Remark}", item.Title, remark);
        // Of an earlier try, with other options.
        File.Delete(files.Subtitles);
        if (overlay.Subtitles is { } subtitles)
            await File.WriteAllTextAsync(files.Subtitles, subtitles, cancel);
        return overlay;
    }

    private ShortRequest Request(StageContext context, DrawnOverlay overlay, IReadOnlyList<string> logins)
    {
        var (render, encoding) = (context.Channel.Render, options.Value.Encoding);
        return new ShortRequest(
            context.Files.Source,
            WorkFolder.Partial(context.Files.Video),
            WorkFolder.Partial(context.Files.Thumbnail)
        )
        {
            Layout = render.Layout,
            Facecam = render.FacecamOf(logins) ?? LastFacecam(context.Item),
            MaxFrameRate = render.MaxFrameRate,
            LoudnessLufs = render.LoudnessLufs,
            Threads = encoding.ThreadsFor(lanes.Encode.Wanted),
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
            Subtitles = overlay.Script,
        };
    }

    private Region? LastFacecam(Item item) => _facecams.TryGetValue(Streamer(item), out var facecam) ? facecam : null;

    private static (string, string) Streamer(Item item) => (item.Channel, item.Origin?.BroadcasterId ?? "");

    // Display names are often the login in other letters; a renamed broadcaster is known by both logins.
    private async Task<IReadOnlyList<string>> LoginsAsync(StageContext context, CancellationToken cancel)
    {
        if (context.Channel.Render.Facecams.Count == 0 || context.Item.Origin is not { } origin)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = await db.Broadcasters.AsNoTracking().Where(b => b.Id == origin.BroadcasterId).ToListAsync(cancel);
        return [.. known.SelectMany(b => new[] { b.ConfiguredLogin, b.Login }), origin.Broadcaster];
    }

    private static string? NoteOf(MadeShort made) =>
        made.LayoutReason is { } reason ? $"layout {made.Layout}: {reason}" : null;

    private Rendition Describe(Item item, RenderOptions render, MadeShort made) =>
        new()
        {
            ItemId = item.Id,
            MadeAt = time.GetUtcNow(),
            Layout = made.Layout.ToString(),
            Encoder = made.Encoder,
            FrameRate = made.Rate.PerSecond,
            LengthSeconds = made.Length.TotalSeconds,
            EncodeSeconds = made.EncodeTime.TotalSeconds,
            SourceLufs = made.SourceLoudness.Integrated,
            SourceSilentSeconds = made.SourceLoudness.SilentSeconds,
            TargetLufs = render.LoudnessLufs,
            GainDb = made.GainDb,
        };
}
