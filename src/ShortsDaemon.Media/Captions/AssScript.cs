using System.Globalization;
using System.Text;
using ShortsDaemon.Media.SafeZones;

namespace ShortsDaemon.Media.Captions;

/// <summary>An ASS file for a frame. Every event says where it stands, so nothing is moved or wrapped by the player.</summary>
/// <param name="frame">That of a Short, or of a landscape thumbnail.</param>
internal sealed class AssScript(Box frame)
{
    private const string Black = "&H00000000";
    private const string BoxColour = "&H40101010";

    private readonly StringBuilder _styles = new();
    private readonly StringBuilder _events = new();

    /// <param name="name">Without a comma.</param>
    /// <param name="family">Of the font; without a comma.</param>
    /// <param name="isBold">The font has a bold face, and that is it.</param>
    /// <param name="style">Colours and lengths.</param>
    public void Style(string name, string family, bool isBold, CaptionStyle style) =>
        _styles.Append(
            CultureInfo.InvariantCulture,
            $"Style: {name},{family},{style.Size},{style.Plain},{style.Plain},{Black},{(style.HasBox ? BoxColour : Black)},{(isBold ? -1 : 0)},0,0,0,100,100,0,0,{(style.HasBox ? 4 : 1)},{style.Outline},{style.Shadow},5,0,0,0,1\n"
        );

    /// <summary>Something that is in the picture for a while. Shorter than a hundredth of a second, it is left out.</summary>
    /// <param name="layer">Higher ones lie above.</param>
    /// <param name="text">With commands; texts of others escaped.</param>
    public void Say(int layer, TimeSpan start, TimeSpan end, string style, string text)
    {
        var (from, to) = (AssText.Time(start), AssText.Time(end));
        if (end > start && from != to)
            _events.Append(CultureInfo.InvariantCulture, $"Dialogue: {layer},{from},{to},{style},,0,0,0,,{text}\n");
    }

    public override string ToString() =>
        $"""
            [Script Info]
            ScriptType: v4.00+
            PlayResX: {frame.Width}
            PlayResY: {frame.Height}
            WrapStyle: 2
            ScaledBorderAndShadow: yes
            YCbCr Matrix: TV.709

            [V4+ Styles]
            Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
            {_styles}
            [Events]
            Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
            {_events}
            """;
}
