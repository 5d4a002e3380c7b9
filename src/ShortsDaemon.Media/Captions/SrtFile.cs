using System.Globalization;
using System.Text;

namespace ShortsDaemon.Media.Captions;

/// <summary>Cues as SubRip, for viewers who want them bigger, translated or read out.</summary>
internal static class SrtFile
{
    public static string Write(IReadOnlyList<Cue> cues)
    {
        var text = new StringBuilder();
        for (var i = 0; i < cues.Count; i++)
        {
            var lines = cues[i].Lines.Select(line => string.Join(' ', line.Select(word => word.Text)));
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}\n{Time(cues[i].Start)} --> {Time(cues[i].End)}\n")
                .AppendJoin('\n', lines)
                .Append("\n\n");
        }
        return text.ToString();
    }

    private static string Time(TimeSpan time) => time.ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);
}
