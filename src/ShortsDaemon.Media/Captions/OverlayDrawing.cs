using System.Globalization;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Captions;

/// <summary>Writes the events of an overlay.</summary>
/// <param name="fonts">What texts are drawn with.</param>
/// <param name="captions">How captions look.</param>
internal sealed class OverlayDrawing(FontSet fonts, CaptionStyle captions)
{
    /// <summary>What is drawn around the letters of hook and credit line, px.</summary>
    public const int TextBorder = 5;

    private const string CaptionsStyle = "Caption";
    private const string ZonesStyle = "Zone";
    private const int LargestHook = 92;
    private const int LeastHook = 44;
    private const int LargestCredit = 40;
    private const int LeastCredit = 32;

    private const string Fade = @"\fad(250,300)";
    private const string Pop = @"\fscx88\fscy88\t(0,90,\fscx100\fscy100)";

    private static readonly CaptionStyle Text = new(LargestHook, "&H00FFFFFF", "&H00FFFFFF", 4, 1);

    private readonly AssScript _script = new(Box.Frame);

    public string Script => _script.ToString();

    /// <summary>One event for each word: the same lines each time, with that word in its colour.</summary>
    public void Draw(IReadOnlyList<Cue> cues, Box box)
    {
        _script.Style(CaptionsStyle, fonts.Family, fonts.IsBold, captions);
        foreach (var cue in cues)
        {
            List<Transcripts.Word> words = [.. cue.Words];
            for (var i = 0; i < words.Count; i++)
            {
                var end = i + 1 < words.Count ? words[i + 1].Start : cue.End;
                var start = words[i].Start;
                var pop = i == 0 && captions.Pops ? Pop : "";
                if (start < cue.End)
                    Say(2, start, end < cue.End ? end : cue.End, box, pop, Lines(cue, words[i]));
            }
        }
    }

    /// <summary>A text that fades in and out.</summary>
    public void Draw(string name, string text, Box box, TimeSpan time)
    {
        var (largest, least) = name == OverlayMaker.Hook ? (LargestHook, LeastHook) : (LargestCredit, LeastCredit);
        var room = box.Inside(TextBorder);
        var fit = TextFit.Into(text, fonts, room.Width, room.Height, largest, least);
        _script.Style(name, fonts.Family, fonts.IsBold, Text with { Size = fit.Size });
        var lines = string.Join(@"\N", fit.Lines.Select(AssText.Escape));
        _script.Say(1, TimeSpan.Zero, time, name, $"{{{At(box)}{Fade}}}{lines}");
    }

    /// <summary>Masks in red, places of texts in green.</summary>
    public void DrawZones(IReadOnlyList<Box> masks, IReadOnlyList<Box> places, TimeSpan time)
    {
        _script.Style(ZonesStyle, fonts.Family, fonts.IsBold, Text with { Outline = 0, Shadow = 0 });
        foreach (var (box, colour) in masks.Select(m => (m, "&H2020E0&")).Concat(places.Select(p => (p, "&H40C040&"))))
            _script.Say(
                0,
                TimeSpan.Zero,
                time,
                ZonesStyle,
                $@"{{\an7\pos({box.X},{box.Y})\1a&H90&\1c{colour}\p1}}{Outline(box)}"
            );
    }

    private void Say(int layer, TimeSpan start, TimeSpan end, Box box, string effect, string text) =>
        _script.Say(layer, start, end, CaptionsStyle, $"{{{At(box)}{effect}}}{text}");

    private string Lines(Cue cue, Transcripts.Word current) =>
        string.Join(
            @"\N",
            cue.Lines.Select(line => string.Join(' ', line.Select(word => Shown(word, ReferenceEquals(word, current)))))
        );

    private string Shown(Transcripts.Word word, bool isCurrent)
    {
        var text = AssText.Escape(captions.Shown(word.Text));
        return isCurrent ? $@"{{\1c{captions.Current}&}}{text}{{\1c{captions.Plain}&}}" : text;
    }

    private static string At(Box box) =>
        string.Create(CultureInfo.InvariantCulture, $@"\an5\pos({box.CentreX:0.#},{box.CentreY:0.#})");

    private static string Outline(Box box) => $"m 0 0 l {box.Width} 0 {box.Width} {box.Height} 0 {box.Height}";
}
