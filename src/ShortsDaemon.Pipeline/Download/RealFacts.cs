using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Select.Rules;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Download;

/// <summary>Judges a recording once more when its file is there: a platform's list tells neither its picture nor its size.</summary>
public sealed class RealFacts(MediaProbe probe, RecordingSound sound, TimeProvider time)
{
    /// <param name="item">The item as selected.</param>
    /// <param name="path">Its file.</param>
    /// <param name="options">What was asked for at its selection.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What it really is, and why it is not wanted; null when it is.</returns>
    /// <exception cref="Media.RefusedMediaException">It can never become a Short.</exception>
    public async Task<(Found Found, string? Refusal)> LookAsync(
        Item item,
        string path,
        SelectionOptions options,
        CancellationToken cancel
    )
    {
        if (item.Facts is { IsPictureKnown: true } known)
            return (new Found(known, item.SizeBytes, IsNew: false), null);
        var info = await probe.ProbeAsync(path, cancel);
        var found = new Found(RecordingFacts.Of(info), info.SizeBytes, IsNew: true);
        // Not saved with it: the stage records what was found.
        item.SizeBytes = found.SizeBytes;
        var refusal = SelectionRules
            .OfRecording.Select(rule => rule.Refuse(item, found.Facts, options, time.GetUtcNow()))
            .FirstOrDefault(reason => reason is not null);
        if (refusal is not null || info.Sound is not { } track)
            return (found, refusal);
        var range = (await sound.MeasureAsync(path, track, part: null, cancel)).Range;
        return (found with { Facts = found.Facts with { LoudnessRange = range } }, null);
    }

    /// <param name="Facts">Length, picture and sound.</param>
    /// <param name="SizeBytes">Bytes on disk.</param>
    /// <param name="IsNew">Nobody knew it before.</param>
    public sealed record Found(ClipFacts Facts, long SizeBytes, bool IsNew);
}
