using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Framing;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Media.Commands;

/// <summary>Makes one Short and its thumbnails from one recording: measures the sound, then one ffmpeg process does the rest.</summary>
public sealed class ShortMaker
{
    // A recording that breaks off earlier than its header says: a little is normal, a lot means it was cut off.
    private const double MissingShare = 0.1;
    private static readonly TimeSpan MissingLength = TimeSpan.FromSeconds(1);

    // Sound is padded and cut to the length the header promised. Where the picture turns out otherwise, it is made anew.
    private static readonly TimeSpan LengthTolerance = TimeSpan.FromMilliseconds(60);

    private readonly EncoderSelection _encoders;
    private readonly FFmpeg _ffmpeg;
    private readonly ShortPlanner _planner;

    public ShortMaker(
        ProcessRunner processes,
        MediaProbe probe,
        EncoderSelection encoders,
        Func<ToolPaths> tools,
        FaceModel? faces = null
    )
    {
        _encoders = encoders;
        _ffmpeg = new FFmpeg(processes, tools);
        _planner = new ShortPlanner(_ffmpeg, probe, encoders, faces ?? new FaceModel(tools));
    }

    /// <remarks>When it fails, no output is left behind.</remarks>
    /// <exception cref="RefusedMediaException">The recording cannot become a Short.</exception>
    /// <exception cref="IOException">The recording is not there or cannot be read (also <see cref="UnauthorizedAccessException"/>).</exception>
    /// <exception cref="DiskFullException">No room for the Short.</exception>
    /// <exception cref="NoEncoderException">No encoder works here.</exception>
    /// <exception cref="HardwareEncoderException">The last of the encoders failed, and it was hardware.</exception>
    /// <exception cref="ProcessFailedException">ffmpeg failed for another reason.</exception>
    public async Task<MadeShort> MakeAsync(
        ShortRequest request,
        Action<EncodeProgress>? progress,
        CancellationToken cancel
    )
    {
        using var scratch = new ScratchFolder(request.Video);
        var (plan, framed, source, loudness) = await _planner.PlanAsync(request, scratch, cancel);
        var isWhole = false;
        try
        {
            var made = await EncodeAsync(request, plan, source, loudness, progress, cancel);
            isWhole = true;
            return made with
            {
                Layout = framed.Layout.Name,
                LayoutReason = framed.Reason,
                Facecam = (framed.Layout as FacecamSplit)?.Facecam,
            };
        }
        finally
        {
            if (!isWhole)
                RemoveRests(request);
        }
    }

    // Half a file is of no use, and on a full disk it is in the way.
    private static void RemoveRests(ShortRequest request)
    {
        string[] rests = [request.Video, Resounded(request), request.Thumbnail, request.WideThumbnail];
        foreach (var path in rests.Where(File.Exists))
            File.Delete(path);
    }

    private async Task<MadeShort> EncodeAsync(
        ShortRequest request,
        ShortPlan plan,
        MediaInfo source,
        Loudness loudness,
        Action<EncodeProgress>? progress,
        CancellationToken cancel
    )
    {
        var failures = new List<HardwareEncoderException>();
        while (true)
        {
            try
            {
                var (length, time) = await RunAsync(request, plan, progress, cancel);
                if ((length - plan.Length).Duration() > LengthTolerance)
                    time += await ResoundAsync(request, plan with { Length = length }, cancel);
                // Another one could do it with the same recording: now it is known whose fault it was.
                foreach (var failure in failures)
                    _encoders.Demote(failure.Encoder, failure.Message, request.Demotion);
                return new MadeShort(plan.Encoder.Name, source, loudness, plan.GainDb, plan.Rate, length, time);
            }
            catch (HardwareEncoderException e)
            {
                failures.Add(e);
                var next = _encoders.OtherThan([.. failures.Select(f => f.Encoder)]);
                if (next is null)
                    throw;
                plan = plan with { Encoder = next };
            }
        }
    }

    private async Task<(TimeSpan Length, TimeSpan Time)> RunAsync(
        ShortRequest request,
        ShortPlan plan,
        Action<EncodeProgress>? progress,
        CancellationToken cancel
    )
    {
        var limits = new ProcessLimits { Time = request.TimeLimit, Stall = request.StallLimit };
        var command = ShortCommand.For(
            _ffmpeg.Program,
            plan,
            request.Video,
            request.Thumbnail,
            request.WideThumbnail,
            limits
        );
        var reader = new ProgressReader(plan.Length, progress);
        var result = await _ffmpeg.RunAsync(
            command,
            new OutputHandlers { IsProgress = reader.Read },
            plan.Encoder,
            cancel
        );
        if (!reader.HasEnded)
            throw new ProcessFailedException(
                $"{command.DisplayName} never said that it was done. Is Tools:FFmpeg really ffmpeg?",
                result
            );
        var length = TimeSpan.FromSeconds(reader.Frames / plan.Rate.PerSecond);
        RequireWhole(length, plan.Length);
        return (length, result.RunTime);
    }

    // To encode the picture once more for its sound's sake would double the work.
    private async Task<TimeSpan> ResoundAsync(ShortRequest request, ShortPlan plan, CancellationToken cancel)
    {
        var limits = new ProcessLimits { Time = request.TimeLimit, Stall = request.StallLimit };
        var result = await _ffmpeg.RunAsync(
            ShortCommand.Resound(_ffmpeg.Program, plan, request.Video, Resounded(request), limits),
            OutputHandlers.None,
            encoder: null,
            cancel
        );
        File.Move(Resounded(request), request.Video, overwrite: true);
        return result.RunTime;
    }

    private static string Resounded(ShortRequest request) => Path.ChangeExtension(request.Video, ".m4v");

    private static void RequireWhole(TimeSpan made, TimeSpan promised)
    {
        var missing = promised - made;
        if (missing > MissingLength && missing > MissingShare * promised)
            throw new RefusedMediaException(
                $"the recording breaks off: {made.TotalSeconds:0.0} s of the {promised.TotalSeconds:0.0} s it promises could be decoded"
            );
    }
}
