using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Commands;

/// <summary>Finds out all that decides a Short before it is encoded: layout, texts, sound, level.</summary>
internal sealed class ShortPlanner(FFmpeg ffmpeg, MediaProbe probe, EncoderSelection encoders, FaceModel faces)
{
    private readonly LoudnessMeter _loudness = new(ffmpeg);
    private readonly LayoutChooser _layouts = new(ffmpeg, faces);

    /// <param name="request">The Short.</param>
    /// <param name="scratch">Takes the files that the graph names.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Planned> PlanAsync(ShortRequest request, ScratchFolder scratch, CancellationToken cancel)
    {
        var source = request.Probed ?? await probe.ProbeAsync(request.Source, cancel);
        var picture = source.RequirePicture();
        var rate = OutputRate.For(picture.Rate, request.MaxFrameRate);
        var framed = await FrameAsync(request, source, rate, scratch, cancel);
        var taken = framed.Layout.Taken(SourcePicture.SizeOf(picture));
        var isDrawn = request.Overlay is { } draw && await draw(scratch.Path, taken, cancel);
        var whole = request.Cut?.Length ?? source.Duration;
        var crossing = request.Loop ? (int)Math.Round(LoopEnding.Crossing.TotalSeconds * rate.PerSecond) : 0;
        var isTitled = await WriteThumbnailsAsync(
            request,
            framed.Layout,
            picture,
            crossing / rate.PerSecond,
            scratch,
            cancel
        );
        var silent = new ShortPlan(
            request.Source,
            picture,
            source.Sound,
            whole - TimeSpan.FromSeconds(crossing / rate.PerSecond),
            framed.Layout,
            rate,
            GainDb: 0,
            await encoders.ChooseAsync(cancel),
            request.Threads
        )
        {
            Cut = request.Cut,
            LoopFrames = crossing,
            ThumbnailAt = request.ThumbnailAt,
            MaxBytes = request.MaxBytes,
            HasOverlay = isDrawn,
            HasThumbnailText = isTitled,
            Folder = scratch.MadePath,
        };
        var (plan, heard) = await LevelAsync(request, silent, cancel);
        return new Planned(plan, framed, source, heard);
    }

    /// <param name="crossing">s; by so much the Short begins later than what is taken of the recording.</param>
    /// <returns>False: there is no text for them.</returns>
    private static async Task<bool> WriteThumbnailsAsync(
        ShortRequest request,
        Layout layout,
        VideoStream picture,
        double crossing,
        ScratchFolder scratch,
        CancellationToken cancel
    )
    {
        if (request.ThumbnailText is not { } paint)
            return false;
        var size = SourcePicture.SizeOf(picture);
        var at = (request.ThumbnailAt ?? TimeSpan.Zero) + TimeSpan.FromSeconds(crossing);
        // Whoever sits in a facecam is seen in landscape, too, however small the face.
        var facecam = layout is FacecamSplit split ? new[] { split.Facecam } : [];
        var places = new ThumbnailPlaces(
            [.. layout.Taken(size), .. Seen(layout.Shows(size, at), request.ThumbnailFaces)],
            [.. Seen(WidePicture.Shows(size), [.. request.ThumbnailFaces, .. facecam])]
        );
        return await paint(scratch.Path, places, cancel);
    }

    private static IEnumerable<Box> Seen(Projection projection, IEnumerable<Region> parts) =>
        parts.Select(projection.Of).OfType<Box>();

    /// <summary>Mixes the music in and sets the level, by what is heard in the end.</summary>
    private async Task<(ShortPlan Plan, Loudness Heard)> LevelAsync(
        ShortRequest request,
        ShortPlan plan,
        CancellationToken cancel
    )
    {
        var (path, target) = (request.Source, request.LoudnessLufs);
        var heard =
            request.Heard is { } known && plan.Mix.IsPlain
                ? known
                : await _loudness.MeasureAsync(path, plan.Mix, cancel);
        if (request.Music is { } music)
        {
            plan = plan with { Music = MusicBed.Under(music, heard, target) };
            heard = await _loudness.MeasureAsync(path, plan.Mix, cancel);
        }
        return (plan with { GainDb = await _loudness.GainForAsync(path, plan.Mix, heard, target, cancel) }, heard);
    }

    /// <summary>Chooses the layout, and puts the file that its graph names into the folder.</summary>
    private async Task<Framed> FrameAsync(
        ShortRequest request,
        MediaInfo source,
        FrameRate rate,
        ScratchFolder scratch,
        CancellationToken cancel
    )
    {
        var picture = source.RequirePicture();
        var length = request.Cut?.Length ?? source.Duration;
        var task = new FramingTask(request.Source, picture, length, rate, request.Layout, request.Facecam, scratch)
        {
            Cut = request.Cut,
        };
        var framed = await _layouts.ChooseAsync(task, cancel);
        if (framed.Layout.Commands(SourcePicture.SizeOf(picture)) is { } commands)
            await File.WriteAllTextAsync(scratch.At(Layout.CommandFile), commands, cancel);
        return framed;
    }
}

/// <param name="Plan">What is encoded.</param>
/// <param name="Framed">Its layout, and why.</param>
/// <param name="Source">What was probed of the recording.</param>
/// <param name="Heard">What is heard before its level is set; <see cref="Loudness.None"/> when there is nothing.</param>
internal sealed record Planned(ShortPlan Plan, Framed Framed, MediaInfo Source, Loudness Heard);
