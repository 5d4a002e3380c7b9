using ShortsDaemon.Media;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Render;

namespace ShortsDaemon.Host.Commands;

/// <summary>Makes and checks one Short outside the pipeline. Files appear under their names only when they have passed.</summary>
internal sealed class ClipWork(ServiceProvider services, EncodingOptions encoding, bool quiet)
{
    /// <summary>Draws the platforms' masks and the places of texts as well.</summary>
    public bool ShowZones { get; init; }

    /// <exception cref="RefusedMediaException">The recording cannot become a Short.</exception>
    /// <exception cref="IOException">The recording is not there, or there is no room (also <see cref="UnauthorizedAccessException"/>).</exception>
    public async Task<(MadeShort Made, Studied Studied, Inspection Inspection)> MakeAsync(
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
        var scratch = Directory.CreateTempSubdirectory("shortsdaemon-clip-").FullName;
        try
        {
            var (made, studied) = await RenderAsync(source, request, render, scratch, cancel);
            var inspection = await services
                .GetRequiredService<ShortInspector>()
                .InspectAsync(
                    request.Video,
                    made.SourceLoudness,
                    made.GainDb,
                    render.LoudnessLufs,
                    limit: null,
                    threads: 0,
                    cancel
                );
            if (inspection.Checks.All(check => check.Passed))
            {
                WorkFolder.Finish(ShortRequest.WideOf(thumbnail));
                WorkFolder.Finish(thumbnail);
                WorkFolder.Finish(video);
            }
            return (made, studied, inspection);
        }
        finally
        {
            File.Delete(request.Video);
            File.Delete(request.Thumbnail);
            File.Delete(request.WideThumbnail);
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>Makes the Short without looking at what became of it.</summary>
    public async Task<(MadeShort Made, Studied Studied)> RenderAsync(
        string source,
        ShortRequest request,
        RenderOptions render,
        string scratch,
        CancellationToken cancel
    )
    {
        var order = Order(source, scratch, render);
        var studied = await services.GetRequiredService<RecordingStudy>().LookAsync(order, cancel);
        List<string> remarks = [.. studied.Remarks];
        var overlays = services.GetRequiredService<OverlayStep>();
        request = request with
        {
            Probed = studied.Probed,
            Heard = studied.Sketch.Heard,
            Cut = studied.Cut,
            Music = await services.GetRequiredService<MusicStep>().FindAsync(render, remarks, cancel),
            Loop = studied.IsLoop,
            ThumbnailAt = studied.Thumbnail?.At,
            ThumbnailFaces = studied.Thumbnail?.Faces ?? [],
            ThumbnailText = overlays.ThumbnailPainterOf(order, remarks),
            Overlay = overlays.PainterOf(order, studied, Path.Combine(scratch, "captions.srt"), remarks),
        };
        MadeShort made;
        using (var bar = new EncodeBar(Path.GetFileName(source), quiet))
            made = await services.GetRequiredService<ShortMaker>().MakeAsync(request, bar.Show, cancel);
        foreach (var remark in remarks)
            await Console.Error.WriteLineAsync(remark);
        return (made, studied);
    }

    private ShortOrder Order(string source, string scratch, RenderOptions render)
    {
        var title = Path.GetFileNameWithoutExtension(source);
        return new ShortOrder(source, scratch, render, name => name == "title" ? title : "")
        {
            Original = source,
            ShowZones = ShowZones,
        };
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

    public ShortRequest Request(string source, string video, string thumbnail, RenderOptions render) =>
        new(source, WorkFolder.Partial(video), WorkFolder.Partial(thumbnail))
        {
            Layout = render.Layout,
            Facecam = render.Facecam.Region,
            MaxFrameRate = render.MaxFrameRate,
            LoudnessLufs = render.LoudnessLufs,
            TimeLimit = TimeSpan.FromSeconds(encoding.TimeLimitSeconds),
            StallLimit = TimeSpan.FromSeconds(encoding.StallSeconds),
            Demotion = TimeSpan.FromMinutes(encoding.DemotionMinutes),
        };
}
