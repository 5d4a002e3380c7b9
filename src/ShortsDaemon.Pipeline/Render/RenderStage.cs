using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Makes the Short and its thumbnail.</summary>
public sealed class RenderStage(ShortMaker maker, Lanes lanes, DiskGuard disk, LiveOptions options, TimeProvider time)
    : IStage
{
    public ItemState State => ItemState.Render;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var files = context.Files;
        if (!File.Exists(files.Source))
            throw new MissingArtefactException(ItemState.Download, "the source file is gone from the work folder");
        using var place = await lanes.Encode.EnterAsync(cancel);
        var made = await disk.RunAsync(
            files,
            DiskNeeds.OfShort(context.Item.Facts),
            token => maker.MakeAsync(Request(context), context.Progress, token),
            cancel
        );
        WorkFolder.Finish(files.Thumbnail);
        WorkFolder.Finish(files.Video);
        FlowMeter.Encoded(context.Item, made.Encoder);
        return new Outcome.Advanced
        {
            Record = (db, item, _) =>
            {
                db.Renditions.Add(Describe(item, context.Channel.Render, made));
                return Task.FromResult<Outcome?>(null);
            },
        };
    }

    private ShortRequest Request(StageContext context)
    {
        var (render, encoding) = (context.Channel.Render, options.Value.Encoding);
        return new ShortRequest(
            context.Files.Source,
            WorkFolder.Partial(context.Files.Video),
            WorkFolder.Partial(context.Files.Thumbnail)
        )
        {
            Layout = render.Layout,
            MaxFrameRate = render.MaxFrameRate,
            LoudnessLufs = render.LoudnessLufs,
            Threads = encoding.ThreadsFor(lanes.Encode.Waiting),
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
        };
    }

    private Rendition Describe(Item item, RenderOptions render, MadeShort made) =>
        new()
        {
            ItemId = item.Id,
            MadeAt = time.GetUtcNow(),
            Layout = render.Layout.ToString(),
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
