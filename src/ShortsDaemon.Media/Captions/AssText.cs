using System.Globalization;
using System.Text;

namespace ShortsDaemon.Media.Captions;

/// <summary>Notation of Advanced SubStation Alpha.</summary>
internal static class AssText
{
    // A backslash has no escape of its own; with this invisible character behind it, it begins no command.
    private const char WordJoiner = '\u2060';

    /// <summary>Text in which nothing is a command and nothing ends the line.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in CaptionText.Clean(text))
        {
            if (c is '{' or '}')
                escaped.Append('\\');
            escaped.Append(c);
            if (c == '\\')
                escaped.Append(WordJoiner);
        }
        return escaped.ToString();
    }

    /// <summary>Hours, minutes, seconds and hundredths.</summary>
    public static string Time(TimeSpan time)
    {
        var hundredths = (long)Math.Round(time.TotalMilliseconds / 10);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hundredths / 360000}:{hundredths / 6000 % 60:00}:{hundredths / 100 % 60:00}.{hundredths % 100:00}"
        );
    }
}
