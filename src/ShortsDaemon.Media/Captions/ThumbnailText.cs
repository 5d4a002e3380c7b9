using System.Globalization;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Captions;

/// <summary>Draws one text on both thumbnails: in capitals, as large as there is room for, in at most three lines.</summary>
public static class ThumbnailText
{
    private const int MostLines = 3;
    private const int Step = 4;
    private const string StyleName = "Title";

    // Until long after the single picture.
    private static readonly TimeSpan Always = TimeSpan.FromMinutes(1);

    // Over the middle, as a hook: of a recording in landscape the backdrop is there, and the picture stays free.
    private static readonly Look Upright = new(Box.Frame, CentreY: 450, Room: 390, Largest: 220, Least: 96);

    private static readonly Look Wide = new(
        new Box(0, 0, WidePicture.Frame.Width, WidePicture.Frame.Height),
        CentreY: 560,
        Room: 320,
        Largest: 160,
        Least: 76
    );

    // Where a list of videos shows how long they are.
    private static readonly Box LengthLabel = new(1080, 620, 200, 100);

    /// <param name="text">In one line, with something that can be seen.</param>
    /// <param name="fonts">What it is drawn with.</param>
    /// <param name="masks">What platforms lay over a Short.</param>
    /// <param name="places">Where faces are.</param>
    public static ThumbnailTexts Make(
        string text,
        FontSet fonts,
        IReadOnlyCollection<Box> masks,
        ThumbnailPlaces places
    )
    {
        var shown = CaptionText.Clean(text).ToUpperInvariant();
        var (upright, box) = Draw(shown, fonts, Upright, masks, places.Upright);
        var (wide, wideBox) = Draw(shown, fonts, Wide, [LengthLabel], places.Wide);
        return new ThumbnailTexts(upright, wide, fonts.Path) { UprightBox = box, WideBox = wideBox };
    }

    private static (string Script, Box Box) Draw(
        string text,
        FontSet fonts,
        Look look,
        IReadOnlyCollection<Box> masks,
        IReadOnlyCollection<Box> faces
    )
    {
        // A face that fills the picture leaves no room beside it; a text under buttons is still better than none.
        var (fit, box) =
            Fit(text, fonts, look, [.. masks, .. faces])
            ?? Fit(text, fonts, look, masks)
            ?? Fit(text, fonts, look, [])!.Value;
        var script = new AssScript(look.Frame);
        script.Style(StyleName, fonts.Family, fonts.IsBold, StyleOf(fit.Size));
        var place = string.Create(CultureInfo.InvariantCulture, $@"{{\an5\pos({box.CentreX:0.#},{box.CentreY:0.#})}}");
        var lines = string.Join(@"\N", fit.Lines.Select(AssText.Escape));
        script.Say(0, TimeSpan.Zero, Always, StyleName, place + lines);
        return (script.ToString(), box);
    }

    /// <returns>Null: there is no room.</returns>
    private static (TextFit Fit, Box Box)? Fit(string text, FontSet fonts, Look look, IReadOnlyCollection<Box> taken)
    {
        for (var size = look.Largest; size >= look.Least; size -= Step)
        {
            var border = StyleOf(size).Border;
            var width = look.Frame.Inside(BoxSolver.Margin).Width - 2 * border;
            var lines = Math.Min(MostLines, (look.Room - 2 * border) / size);
            var fit = TextFit.Even(text, fonts, width, size, lines);
            if (fit is null && size - Step < look.Least)
                fit = TextFit.Into(text, fonts, width, lines * size, size, size);
            if (fit is not null && PlaceOf(fit, fonts, look, taken) is { } box)
                return (fit, box);
        }
        return null;
    }

    private static Box? PlaceOf(TextFit fit, FontSet fonts, Look look, IReadOnlyCollection<Box> taken)
    {
        var border = StyleOf(fit.Size).Border;
        var width = (int)Math.Ceiling(fit.Lines.Max(line => fonts.WidthOf(line, fit.Size))) + 2 * border;
        var height = fit.Lines.Count * fit.Size + 2 * border;
        var wish = new Wish(StyleName, look.Frame.Width / 2, look.CentreY, width, height, width);
        return BoxSolver.Place([wish], taken, look.Frame).TryGetValue(StyleName, out var box) ? box : null;
    }

    // The outline has to be seen where the whole picture is as wide as a thumb.
    private static CaptionStyle StyleOf(int size) => new(size, "&H00FFFFFF", "&H00FFFFFF", size / 14, size / 28);

    /// <param name="CentreY">Where the middle of the text would like to be, px.</param>
    /// <param name="Room">Most height of the text, px.</param>
    /// <param name="Largest">Height of the font, px.</param>
    /// <param name="Least">Smaller letters cannot be read where the picture is small, px.</param>
    private sealed record Look(Box Frame, int CentreY, int Room, int Largest, int Least);
}

/// <summary>What texts on thumbnails keep clear of, apart from masks.</summary>
/// <param name="Upright">In the 1080×1920 of the Short.</param>
/// <param name="Wide">In the 1280×720 of the landscape one.</param>
public sealed record ThumbnailPlaces(IReadOnlyCollection<Box> Upright, IReadOnlyCollection<Box> Wide);

/// <summary>What is drawn on the thumbnails.</summary>
/// <param name="Upright">An ASS file for 1080×1920.</param>
/// <param name="Wide">An ASS file for 1280×720.</param>
/// <param name="Font">File of the font.</param>
public sealed record ThumbnailTexts(string Upright, string Wide, string Font)
{
    /// <summary>Where the text stands.</summary>
    public Box UprightBox { get; init; }

    /// <summary>Where it stands on the landscape one.</summary>
    public Box WideBox { get; init; }
}
