using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.Probing;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Prepares what is drawn over a Short. What cannot be had is left out and told; the Short is made all the same.</summary>
public sealed class OverlayStep(MediaProbe probe, FontFinder fonts, Transcription transcription)
{
    /// <exception cref="Flow.UnavailableException">A recogniser is down, and it is worth waiting for it.</exception>
    public async Task<DrawnOverlay> MakeAsync(OverlayOrder order, CancellationToken cancel)
    {
        var render = order.Render;
        var (hook, credit) = (
            OverlayWords.Fill(render.Hook, order.Words),
            OverlayWords.Fill(render.Credit, order.Words)
        );
        var isWanted = hook.Length > 0 || credit.Length > 0 || order.ShowZones || Transcription.IsPossible(order);
        if (!isWanted)
            return DrawnOverlay.Nothing;
        List<string> remarks = [];
        var mask = await MaskAsync(render.Captions.MaskFile, remarks, cancel);
        var source = await probe.ProbeAsync(order.Source, cancel);
        var request = new OverlayRequest(source.Duration)
        {
            Transcript = mask is null ? null : await transcription.OfAsync(order, source, remarks, cancel),
            Mask = mask ?? WordMask.None,
            Style = render.Captions.Style,
            MaxWords = render.Captions.MaxWords,
            Hook = hook,
            HookTime = TimeSpan.FromSeconds(render.HookSeconds),
            Credit = credit,
            Platforms = render.Platforms,
            ShowZones = order.ShowZones,
        };
        if (request is { Transcript: null, Hook: "", Credit: "", ShowZones: false })
            return DrawnOverlay.Nothing with { Remarks = remarks };
        return await DrawAsync(order, request, remarks, cancel);
    }

    private async Task<DrawnOverlay> DrawAsync(
        OverlayOrder order,
        OverlayRequest request,
        List<string> remarks,
        CancellationToken cancel
    )
    {
        try
        {
            var overlay = OverlayMaker.Make(request, await fonts.FindAsync(order.Render.FontFile, cancel));
            var script = await OverlayFiles.WriteAsync(overlay, order.Folder, cancel);
            return new DrawnOverlay(script, overlay.Subtitles, [.. remarks, .. overlay.Remarks]);
        }
        catch (FontException e)
        {
            return DrawnOverlay.Nothing with { Remarks = [.. remarks, $"no texts are drawn: {e.Message}"] };
        }
    }

    /// <returns>Null when the list cannot be read: captions with the words on it would be worse than none.</returns>
    private static async Task<WordMask?> MaskAsync(string file, List<string> remarks, CancellationToken cancel)
    {
        try
        {
            return file.Length > 0 ? new WordMask(await File.ReadAllLinesAsync(file, cancel)) : WordMask.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            remarks.Add($"no captions: the list of words to mask cannot be read: {e.Message}");
            return null;
        }
    }
}

/// <summary>One overlay to make.</summary>
/// <param name="Source">The recording.</param>
/// <param name="Folder">Exists; takes script, font and what is needed on the way.</param>
/// <param name="Render">What the owner wants.</param>
/// <param name="Words">What the names in templates stand for.</param>
public sealed record OverlayOrder(string Source, string Folder, RenderOptions Render, Func<string, string> Words)
{
    /// <summary>Where the recording lay; a transcript may lie beside it. Null: nowhere on this machine.</summary>
    public string? Original { get; init; }

    /// <summary>How often this has waited already.</summary>
    public int Waits { get; init; }

    /// <summary>Draws the platforms' masks as well.</summary>
    public bool ShowZones { get; init; }
}

/// <param name="Script">Path of the ASS file; null: nothing is drawn.</param>
/// <param name="Subtitles">The captions as SubRip; null: there are none.</param>
/// <param name="Remarks">What could not be had, in words.</param>
public sealed record DrawnOverlay(string? Script, string? Subtitles, IReadOnlyList<string> Remarks)
{
    public static DrawnOverlay Nothing { get; } = new(null, null, []);
}
