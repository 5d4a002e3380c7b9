using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Tests.Captions;

/// <summary>One event of an ASS file as a player reads it. Shares no code with what writes it.</summary>
/// <param name="Style">Its style.</param>
/// <param name="Start">s.</param>
/// <param name="End">s.</param>
/// <param name="X">Middle, px.</param>
/// <param name="Y">Middle, px.</param>
/// <param name="Lines">Text without commands.</param>
/// <param name="Highlight">The part in the colour of the current word.</param>
internal sealed partial record AssEvent(
    string Style,
    double Start,
    double End,
    double X,
    double Y,
    IReadOnlyList<string> Lines,
    string Highlight
)
{
    public static IReadOnlyList<AssEvent> Read(string script, string highlight) =>
        [
            .. script
                .Split('\n')
                .Where(line => line.StartsWith("Dialogue: ", StringComparison.Ordinal))
                .Select(line => Of(line["Dialogue: ".Length..], highlight)),
        ];

    private static AssEvent Of(string line, string highlight)
    {
        var fields = line.Split(',', 10);
        var place = Place().Match(fields[9]);
        var (text, current) = Plain(fields[9], highlight);
        return new(
            fields[3],
            TimeSpan.Parse(fields[1], CultureInfo.InvariantCulture).TotalSeconds,
            TimeSpan.Parse(fields[2], CultureInfo.InvariantCulture).TotalSeconds,
            double.Parse(place.Groups["x"].Value, CultureInfo.InvariantCulture),
            double.Parse(place.Groups["y"].Value, CultureInfo.InvariantCulture),
            text.Split('\n'),
            current
        );
    }

    private static (string Text, string Highlight) Plain(string text, string highlight)
    {
        var (plain, current) = (new StringBuilder(), new StringBuilder());
        var isCurrent = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{')
            {
                var end = text.IndexOf('}', i);
                isCurrent = text[i..end].Contains(highlight, StringComparison.Ordinal);
                i = end;
                continue;
            }
            var c = text[i];
            if (c == '\\' && text[i + 1] is '{' or '}')
                c = text[++i];
            else if (c == '\\' && text[i + 1] == 'N')
                (c, i) = ('\n', i + 1);
            else if (c == '\\' && text[i + 1] == '\u2060')
                i++;
            else if (c == '\\')
                throw new FormatException($"a command: {text[i..]}");
            plain.Append(c);
            if (isCurrent)
                current.Append(c);
        }
        return (plain.ToString(), current.ToString());
    }

    [GeneratedRegex(@"\\pos\((?<x>[0-9.]+),(?<y>[0-9.]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
