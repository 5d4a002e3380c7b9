using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Pipeline.Render;

/// <summary>Prepares what is drawn over a Short. What cannot be had is left out and told; the Short is made all the same.</summary>
public sealed class OverlayStep(FontFinder fonts)
{
    /// <param name="order">What is to be made.</param>
    /// <param name="studied">What is shown and said in it.</param>
    /// <param name="subtitles">Where the captions are written as SubRip.</param>
    /// <param name="remarks">Takes what could not be drawn, in words.</param>
    /// <returns>Null: there is nothing to draw.</returns>
    public OverlayPainter? PainterOf(ShortOrder order, Studied studied, string subtitles, List<string> remarks)
    {
        var render = order.Render;
        var request = new OverlayRequest(studied.Length)
        {
            Transcript = studied.Transcript,
            Style = render.Captions.Style,
            MaxWords = render.Captions.MaxWords,
            Hook = OverlayWords.Fill(render.Hook, order.Words),
            HookTime = TimeSpan.FromSeconds(render.HookSeconds),
            Credit = OverlayWords.Fill(render.Credit, order.Words),
            Platforms = render.Platforms,
            ShowZones = order.ShowZones,
        };
        return IsEmpty(request) ? null : PaintAsync;

        async Task<bool> PaintAsync(string folder, IReadOnlyCollection<Box> taken, CancellationToken cancel)
        {
            var masked = await MaskAsync(request, render.Captions.MaskFile, remarks, cancel);
            return !IsEmpty(masked)
                && await DrawAsync(masked with { Taken = taken }, render.FontFile, folder, subtitles, remarks, cancel);
        }
    }

    /// <param name="order">What is to be made.</param>
    /// <param name="remarks">Takes why nothing could be drawn, in words.</param>
    /// <returns>Null: there is no text for the thumbnails.</returns>
    public ThumbnailPainter? ThumbnailPainterOf(ShortOrder order, List<string> remarks)
    {
        var render = order.Render;
        var text = OverlayWords.Fill(render.ThumbnailText, order.Words);
        return text.Length == 0 ? null : PaintAsync;

        async Task<bool> PaintAsync(string folder, ThumbnailPlaces places, CancellationToken cancel)
        {
            try
            {
                var set = await fonts.FindAsync(render.FontFile, cancel);
                var texts = ThumbnailText.Make(text, set, PlatformMasks.Of(render.Platforms), places);
                await OverlayFiles.WriteAsync(texts, folder, cancel);
                return true;
            }
            catch (FontException e)
            {
                remarks.Add($"no text is drawn on the thumbnails: {e.Message}");
                return false;
            }
        }
    }

    private static bool IsEmpty(OverlayRequest request) =>
        request is { Transcript: null, Hook: "", Credit: "", ShowZones: false };

    private async Task<bool> DrawAsync(
        OverlayRequest request,
        string font,
        string folder,
        string subtitles,
        List<string> remarks,
        CancellationToken cancel
    )
    {
        try
        {
            var overlay = OverlayMaker.Make(request, await fonts.FindAsync(font, cancel));
            await OverlayFiles.WriteAsync(overlay, folder, cancel);
            if (overlay.Subtitles is { } captions)
                await File.WriteAllTextAsync(subtitles, captions, cancel);
            remarks.AddRange(overlay.Remarks);
            return true;
        }
        catch (FontException e)
        {
            remarks.Add($"no texts are drawn: {e.Message}");
            return false;
        }
    }

    // Captions with the words that the list forbids would be worse than none.
    private static async Task<OverlayRequest> MaskAsync(
        OverlayRequest request,
        string file,
        List<string> remarks,
        CancellationToken cancel
    )
    {
        if (file.Length == 0 || request.Transcript is null)
            return request;
        try
        {
            return request with { Mask = new WordMask(await File.ReadAllLinesAsync(file, cancel)) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            remarks.Add($"no captions: the list of words to mask cannot be read: {e.Message}");
            return request with { Transcript = null };
        }
    }
}
