using ShortsDaemon.Media.Cuts;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Pipeline.Gate;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Looks at a recording before it is rendered: which part is worth showing, and what else shows the same.</summary>
public sealed class RecordingStudy(MediaProbe probe, RecordingSketcher sketcher)
{
    /// <param name="source">The recording.</param>
    /// <param name="scratch">Path without ending where two files may lie meanwhile.</param>
    /// <param name="render">What may be left out.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Media.RefusedMediaException">It cannot become a Short.</exception>
    public async Task<Studied> LookAsync(string source, string scratch, RenderOptions render, CancellationToken cancel)
    {
        var info = await probe.ProbeAsync(source, cancel);
        var sketch = await sketcher.MakeAsync(source, info, scratch, cancel);
        var rules = new CutRules(render.Trim, ShortLength.Shortest, render.MaxLengthSeconds);
        var cut = CutFinder.Find(sketch, info.Duration, rules);
        return new Studied(sketch, cut, ThumbnailMoment.Find(sketch, cut));
    }
}

/// <param name="Sketch">The recording in little.</param>
/// <param name="Cut">What is shown of it; null: all.</param>
/// <param name="ThumbnailAt">Time of the best thumbnail in the Short; null: the maker finds one.</param>
public sealed record Studied(Sketch Sketch, Cut? Cut, TimeSpan? ThumbnailAt);
