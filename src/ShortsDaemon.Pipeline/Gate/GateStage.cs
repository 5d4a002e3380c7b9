using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate.Checks;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Gate;

/// <summary>Lets a Short pass only when every check does, and keeps the hash of what passed.</summary>
public sealed class GateStage(
    ShortInspector inspector,
    EncoderSelection encoders,
    Previews previews,
    Lanes lanes,
    IDbContextFactory<ShortsDb> databases,
    LiveOptions options
) : IStage
{
    // What only an encoder can get wrong, whatever the recording is like.
    private static readonly string[] EncodersFault = [nameof(DecodeCheck), nameof(FrameCheck), nameof(ColourCheck)];

    public ItemState State => ItemState.Gate;

    public async Task<Outcome> RunAsync(StageContext context, CancellationToken cancel)
    {
        var files = context.Files;
        var rendition = await databases.LatestRenditionAsync(context.Item.Id, cancel);
        if (rendition is null || !File.Exists(files.Video) || !File.Exists(files.Thumbnail))
            throw new MissingArtefactException(ItemState.Render, "the Short is gone from the work folder");
        var hash = await FileHash.OfAsync(files.Video, cancel);
        var inspection = await InspectAsync(context, rendition, cancel);
        var size = new FileInfo(files.Video).Length;
        var failed = inspection.Checks.Where(check => !check.Passed).ToList();
        var findings = string.Join("; ", failed.Select(f => $"{f.Check} ({f.Code}): {f.Finding}"));
        if (failed.Any(f => EncodersFault.Contains(f.Check)) && TryDemote(rendition.Encoder, findings))
            throw new MissingArtefactException(
                ItemState.Render,
                $"the Short that {rendition.Encoder} made did not pass: {findings}"
            );
        if (failed.Count == 0)
            await previews.KeepAsync(context.Item.Id, files.Thumbnail, cancel);
        Outcome outcome =
            failed.Count == 0 ? new Outcome.Advanced() : new Outcome.Rejected($"the Short did not pass: {findings}");
        return outcome with
        {
            Record = (db, _, token) =>
                KeepAsync(db, rendition.Id, inspection, failed.Count == 0 ? hash : null, size, token),
        };
    }

    private async Task<Inspection> InspectAsync(StageContext context, Rendition rendition, CancellationToken cancel)
    {
        var source = new Loudness(rendition.SourceLufs, 0, rendition.SourceSilentSeconds)
        {
            Silences = [.. (rendition.SilenceTimes ?? []).Chunk(2).Select(pair => new Stretch(pair[0], pair[1]))],
        };
        try
        {
            return await inspector.InspectAsync(
                context.Files.Video,
                source,
                rendition.GainDb,
                rendition.TargetLufs,
                SizeLimit.Of(context.Item.Channel, context.Channel.Destinations),
                options.Value.Encoding.ThreadsFor(lanes.Encode.Waiting),
                cancel
            );
        }
        catch (RefusedMediaException e)
        {
            // The file we made is damaged. That is no word about the recording.
            throw new MissingArtefactException(
                ItemState.Render,
                $"the Short in the work folder is damaged: {e.Message}"
            );
        }
    }

    /// <returns>Whether another encoder makes the Short next time: never for libx264, or one an update took away.</returns>
    private bool TryDemote(string encoder, string findings) =>
        encoders.Report.Any(known => known.Name == encoder)
        && encoders.Demote(encoder, findings, TimeSpan.FromMinutes(options.Value.Encoding.DemotionMinutes));

    private static async Task<Outcome?> KeepAsync(
        ShortsDb db,
        long id,
        Inspection inspection,
        string? hash,
        long size,
        CancellationToken cancel
    )
    {
        var rendition = await db.Renditions.SingleAsync(r => r.Id == id, cancel);
        rendition.Checks = [.. inspection.Checks];
        rendition.Quality = [.. inspection.Quality];
        rendition.Sha256 = hash;
        rendition.SizeBytes = size;
        return null;
    }
}
