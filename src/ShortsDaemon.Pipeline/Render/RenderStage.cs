using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Fingerprints;
using ShortsDaemon.Media.Thumbnails;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Makes the Short and its thumbnail, unless the recording shows what another Short has shown.</summary>
public sealed class RenderStage(
    ShortMaker maker,
    RecordingStudy study,
    OverlayStep overlays,
    MusicStep music,
    KnownPrints prints,
    KnownFacecams facecams,
    Lanes lanes,
    DiskGuard disk,
    LiveOptions options,
    TimeProvider time
) : IStage
{
    public ItemState State => ItemState.Render;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var (item, files) = (context.Item, context.Files);
        if (!File.Exists(files.Source))
            throw new MissingArtefactException(ItemState.Download, "the source file is gone from the work folder");
        using var place = await lanes.Encode.EnterAsync(cancel);
        var threads = options.Value.Encoding.ThreadsFor(lanes.Encode.Waiting);
        var order = OrderOf(context) with { Threads = threads };
        var studied = await study.LookAsync(order, cancel);
        var search = new FingerprintSearch(studied.Sketch);
        var days = context.Channel.Selection.DuplicateDays;
        var found = await prints.FindAsync(item, search, days, cancel);
        if (found.Known is { } known)
            return new Outcome.Rejected(known.Reason)
            {
                Record = (_, row, _) => Task.FromResult<Outcome?>(KnownPrints.Reject(row, known)),
            };
        var (request, remarks) = await RequestAsync(context, order, studied, cancel);
        var made = await disk.RunAsync(
            files,
            DiskNeeds.OfShort(item.Facts),
            token => maker.MakeAsync(request, context.Progress, token),
            cancel
        );
        facecams.Remember(item, made.Facecam);
        WorkFolder.Finish(files.WideThumbnail);
        WorkFolder.Finish(files.Thumbnail);
        WorkFolder.Finish(files.Video);
        FlowMeter.Encoded(item, made.Encoder);
        return new Outcome.Advanced
        {
            Note = NoteOf(made, studied.Thumbnail, remarks),
            Record = (db, row, token) =>
            {
                db.Renditions.Add(Describe(row, context.Channel.Render.For(context.Item), studied, made));
                return prints.KeepAsync(db, row, search, days, found, token);
            },
        };
    }

    private static ShortOrder OrderOf(StageContext context)
    {
        var (item, files) = (context.Item, context.Files);
        return new ShortOrder(files.Source, files.Root, context.Channel.Render.For(context.Item), OverlayWords.Of(item))
        {
            Original = Path.IsPathFullyQualified(item.Location) ? item.Location : null,
            Waits = item.Waits,
        };
    }

    /// <returns>With the list that takes what could not be drawn.</returns>
    private async Task<(ShortRequest Request, IReadOnlyList<string> Remarks)> RequestAsync(
        StageContext context,
        ShortOrder order,
        Studied studied,
        CancellationToken cancel
    )
    {
        var (render, encoding, files) = (
            context.Channel.Render.For(context.Item),
            options.Value.Encoding,
            context.Files
        );
        List<string> remarks = [.. studied.Remarks];
        // Of an earlier try, with other options.
        File.Delete(files.Subtitles);
        var request = new ShortRequest(
            files.Source,
            WorkFolder.Partial(files.Video),
            WorkFolder.Partial(files.Thumbnail)
        )
        {
            Probed = studied.Probed,
            Heard = studied.Sketch.Heard,
            Layout = render.Layout,
            Facecam = await facecams.FindAsync(context.Item, render, cancel),
            MaxFrameRate = render.MaxFrameRate,
            LoudnessLufs = render.LoudnessLufs,
            Cut = studied.Cut,
            Music = await music.FindAsync(render, remarks, cancel),
            Loop = studied.IsLoop,
            MaxBytes = SizeLimit.Of(context.Item.Channel, context.Channel.Destinations)?.Bytes,
            ThumbnailAt = studied.Thumbnail?.At,
            ThumbnailFaces = studied.Thumbnail?.Faces ?? [],
            ThumbnailText = overlays.ThumbnailPainterOf(order, remarks),
            Threads = encoding.ThreadsFor(lanes.Encode.Waiting),
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
            Overlay = overlays.PainterOf(order, studied, files.Subtitles, remarks),
        };
        return (request, remarks);
    }

    private static string? NoteOf(MadeShort made, Thumbnail? thumbnail, IEnumerable<string> remarks)
    {
        var layout = made.LayoutReason is { } reason ? $"layout {made.Layout}: {reason}" : null;
        IEnumerable<string> notes = [.. new[] { layout, thumbnail?.Reason }.OfType<string>(), .. remarks];
        return string.Join("; ", notes) is { Length: > 0 } note ? note : null;
    }

    private Rendition Describe(Item item, RenderOptions render, Studied studied, MadeShort made) =>
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
            SilenceTimes = [.. made.SourceLoudness.Silences.SelectMany(s => new[] { s.Start, s.End })],
            TargetLufs = render.LoudnessLufs,
            GainDb = made.GainDb,
            Cut = studied.Cut?.Reason,
        };
}
