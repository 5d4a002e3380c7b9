using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Render;

namespace ShortsDaemon.Host.Commands;

/// <summary>Makes and checks one Short outside the pipeline. Files appear under their names only when they have passed.</summary>
internal sealed class ClipWork(ServiceProvider services, EncodingOptions encoding, bool quiet)
{
    /// <exception cref="RefusedMediaException">The recording cannot become a Short.</exception>
    /// <exception cref="IOException">The recording is not there, or there is no room (also <see cref="UnauthorizedAccessException"/>).</exception>
    public async Task<(MadeShort Made, Cut? Cut, Inspection Inspection)> MakeAsync(
        string source,
        string video,
        string thumbnail,
        RenderOptions render,
        CancellationToken cancel
    )
    {
        await RequireLengthAsync(source, cancel);
        var request = Request(source, video, thumbnail, render);
        Directory.CreateDirectory(Path.GetDirectoryName(video)!);
        try
        {
            var scratch = Path.ChangeExtension(request.Thumbnail, ".sketch");
            var studied = await services
                .GetRequiredService<RecordingStudy>()
                .LookAsync(source, scratch, render, cancel);
            request = request with { Cut = studied.Cut, ThumbnailAt = studied.ThumbnailAt };
            MadeShort made;
            using (var bar = new EncodeBar(Path.GetFileName(source), quiet))
                made = await services.GetRequiredService<ShortMaker>().MakeAsync(request, bar.Show, cancel);
            var inspection = await services
                .GetRequiredService<ShortInspector>()
                .InspectAsync(
                    request.Video,
                    made.SourceLoudness,
                    made.GainDb,
                    render.LoudnessLufs,
                    limit: null,
                    cancel
                );
            if (inspection.Checks.All(check => check.Passed))
            {
                WorkFolder.Finish(thumbnail);
                WorkFolder.Finish(video);
            }
            return (made, studied.Cut, inspection);
        }
        finally
        {
            File.Delete(request.Video);
            File.Delete(request.Thumbnail);
        }
    }

    // The gate would say so, too, but only after minutes of encoding.
    private async Task RequireLengthAsync(string source, CancellationToken cancel)
    {
        var found = await services.GetRequiredService<MediaProbe>().ProbeAsync(source, cancel);
        found.RequirePicture();
        if (!ShortLength.Allows(found.Duration.TotalSeconds))
            throw new RefusedMediaException(
                FormattableString.Invariant(
                    $"it is {found.Duration.TotalSeconds:0.0} s long; a Short lasts {ShortLength.Shortest} to {ShortLength.Longest} s"
                )
            );
    }

    private ShortRequest Request(string source, string video, string thumbnail, RenderOptions render) =>
        new(source, WorkFolder.Partial(video), WorkFolder.Partial(thumbnail))
        {
            Layout = render.Layout,
            MaxFrameRate = render.MaxFrameRate,
            LoudnessLufs = render.LoudnessLufs,
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
        };
}
