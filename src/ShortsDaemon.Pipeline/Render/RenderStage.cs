using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Makes the Short and its thumbnail, unless the recording shows what another Short has shown.</summary>
public sealed class RenderStage(
    ShortMaker maker,
    RecordingStudy study,
    KnownPrints prints,
    Lanes lanes,
    DiskGuard disk,
    LiveOptions options,
    TimeProvider time
) : IStage
{
    public ItemState State => ItemState.Render;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var files = context.Files;
        if (!File.Exists(files.Source))
            throw new MissingArtefactException(ItemState.Download, "the source file is gone from the work folder");
        using var place = await lanes.Encode.EnterAsync(cancel);
        var studied = await study.LookAsync(files.Source, files.Sketch, context.Channel.Render, cancel);
        var search = new FingerprintSearch(studied.Sketch);
        var days = context.Channel.Selection.DuplicateDays;
        var found = await prints.FindAsync(context.Item, search, days, cancel);
        if (found.Known is { } known)
            return new Outcome.Rejected(known.Reason)
            {
                Record = (_, item, _) => Task.FromResult<Outcome?>(KnownPrints.Reject(item, known)),
            };
        var made = await disk.RunAsync(
            files,
            DiskNeeds.OfShort(context.Item.Facts),
            token => maker.MakeAsync(Request(context, studied), context.Progress, token),
            cancel
        );
        WorkFolder.Finish(files.Thumbnail);
        WorkFolder.Finish(files.Video);
        FlowMeter.Encoded(context.Item, made.Encoder);
        return new Outcome.Advanced
        {
            Record = (db, item, token) =>
            {
                db.Renditions.Add(Describe(item, context.Channel.Render, studied, made));
                return prints.KeepAsync(db, item, search, days, found, token);
            },
        };
    }

    private ShortRequest Request(StageContext context, Studied studied)
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
            Cut = studied.Cut,
            ThumbnailAt = studied.ThumbnailAt,
            Threads = encoding.ThreadsFor(lanes.Encode.Wanted),
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
        };
    }

    private Rendition Describe(Item item, RenderOptions render, Studied studied, MadeShort made) =>
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
            SilenceTimes = [.. made.SourceLoudness.Silences.SelectMany(s => new[] { s.Start, s.End })],
            TargetLufs = render.LoudnessLufs,
            GainDb = made.GainDb,
            Cut = studied.Cut?.Reason,
        };
}
