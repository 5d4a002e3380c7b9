using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Transcripts;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Captions;

/// <summary>Finds the place of captions, hook and credit line, and draws them.</summary>
public static class OverlayMaker
{
    public const string Captions = "captions";
    public const string Hook = "hook";
    public const string Credit = "credit";

    private const int HookHeight = 260;
    private const int CreditSize = 40;

    /// <param name="request">What is to be drawn.</param>
    /// <param name="fonts">What with.</param>
    public static Overlay Make(OverlayRequest request, FontSet fonts)
    {
        request = request with { Hook = CaptionText.Clean(request.Hook), Credit = CaptionText.Clean(request.Credit) };
        var masks = PlatformMasks.Of(request.Platforms);
        var places = BoxSolver.Place(Wishes(request, fonts), [.. masks, .. request.Taken]);
        var drawing = new OverlayDrawing(fonts, CaptionStyle.Of(request.Style));
        var cues = places.TryGetValue(Captions, out var box) ? Cues(request, fonts, box) : [];
        drawing.Draw(cues, box);
        if (places.TryGetValue(Hook, out var hook))
            drawing.Draw(
                Hook,
                request.Hook,
                hook,
                request.HookTime < request.Length ? request.HookTime : request.Length
            );
        if (places.TryGetValue(Credit, out var credit))
            drawing.Draw(Credit, request.Credit, credit, request.Length);
        if (request.ShowZones)
            drawing.DrawZones(masks, [.. places.Values], request.Length);
        return new Overlay(
            drawing.Script,
            cues.Count > 0 ? SrtFile.Write(cues) : null,
            places,
            Missing(request, places),
            fonts.Path
        )
        {
            Cues = cues,
        };
    }

    // Captions are the most important. The middle of the frame is the picture's.
    private static IEnumerable<Wish> Wishes(OverlayRequest request, FontSet fonts)
    {
        var middle = Box.Frame.Width / 2;
        var style = CaptionStyle.Of(request.Style);
        if (request.Transcript is { Words.Count: > 0 })
            yield return new(Captions, middle, 1350, 960, 2 * style.Size + 2 * style.Border, 520);
        if (request.Hook.Length > 0)
            yield return new(Hook, middle, 420, 920, HookHeight, 560);
        if (request.Credit.Length > 0)
        {
            var needed = (int)fonts.WidthOf(request.Credit, CreditSize) + 2 * OverlayDrawing.TextBorder + 2;
            var width = Math.Clamp(needed, 120, 880);
            yield return new(
                Credit,
                middle,
                590,
                width,
                CreditSize + 2 * OverlayDrawing.TextBorder,
                Math.Min(width, 480)
            );
        }
    }

    private static IReadOnlyList<Cue> Cues(OverlayRequest request, FontSet fonts, Box box)
    {
        var style = CaptionStyle.Of(request.Style);
        var wrapping = new LineWrapping(fonts, style, box.Width - 2 * style.Border);
        var words = request.Transcript!.Words.Select(word => word with { Text = request.Mask.Apply(word.Text) });
        return new CueMaker(wrapping, request.MaxWords).Make(words, request.Length);
    }

    private static IReadOnlyList<string> Missing(OverlayRequest request, IReadOnlyDictionary<string, Box> places) =>
        [
            .. new[]
            {
                (Name: Captions, IsWanted: request.Transcript is { Words.Count: > 0 }),
                (Name: Hook, IsWanted: request.Hook.Length > 0),
                (Name: Credit, IsWanted: request.Credit.Length > 0),
            }
                .Where(text => text.IsWanted && !places.ContainsKey(text.Name))
                .Select(text => $"there is no room for the {text.Name} beside the platforms' own texts"),
        ];
}
