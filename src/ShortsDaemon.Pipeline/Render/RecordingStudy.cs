using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;
using ShortsDaemon.Pipeline.Gate;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Looks at a recording and listens to it before it is rendered: which part is worth showing, and what is said in it.</summary>
public sealed class RecordingStudy(
    MediaProbe probe,
    RecordingSketcher sketcher,
    ThumbnailFinder thumbnails,
    Transcription transcription
)
{
    /// <exception cref="Media.RefusedMediaException">It cannot become a Short.</exception>
    /// <exception cref="Flow.UnavailableException">A recogniser is down, and it is worth waiting for it.</exception>
    public async Task<Studied> LookAsync(ShortOrder order, CancellationToken cancel)
    {
        var info = await probe.ProbeAsync(order.Source, cancel);
        List<string> remarks = [];
        var said = await transcription.OfAsync(order, info, remarks, cancel);
        var sketch = await sketcher.MakeAsync(
            order.Source,
            info,
            Path.Combine(order.Folder, "sketch"),
            order.Threads,
            cancel
        );
        var rules = new CutRules(order.Render.Trim, ShortLength.Shortest, order.Render.MaxLengthSeconds)
        {
            Words = [.. (said?.Words ?? []).Select(w => new Stretch(w.Start.TotalSeconds, w.End.TotalSeconds))],
        };
        var cut = CutFinder.Find(sketch, info.Duration, rules);
        var (from, to) = (cut?.From ?? TimeSpan.Zero, cut?.To ?? info.Duration);
        var isLoop = order.Render.Loop && IsLoop(from, to, rules, remarks);
        // Of a loop the first moment is seen at the end only.
        var shown = isLoop ? new Cut(from + LoopEnding.Crossing, to, "") : cut;
        return new Studied(info, sketch, cut, thumbnails.Find(sketch, shown), shown?.Length ?? info.Duration)
        {
            IsLoop = isLoop,
            Transcript = (shown is null ? said : said?.Cut(shown.From, shown.To)) is { Words.Count: > 0 } heard
                ? heard
                : null,
            Remarks = remarks,
        };
    }

    private static bool IsLoop(TimeSpan from, TimeSpan to, CutRules rules, List<string> remarks)
    {
        if (LoopEnding.Obstacle(from, to, rules) is not { } obstacle)
            return true;
        remarks.Add($"no loop: {obstacle}");
        return false;
    }
}

/// <param name="Probed">What the recording is.</param>
/// <param name="Sketch">The recording in little.</param>
/// <param name="Cut">What is taken of it; null: all.</param>
/// <param name="Thumbnail">The best one; null: the maker finds one.</param>
/// <param name="Length">Length of the Short.</param>
public sealed record Studied(MediaInfo Probed, Sketch Sketch, Cut? Cut, Thumbnail? Thumbnail, TimeSpan Length)
{
    /// <summary>Its end crosses into its beginning.</summary>
    public bool IsLoop { get; init; }

    /// <summary>What is said, by the clock of the Short; null: nothing, or nobody knows.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>What could not be found out, in words.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
