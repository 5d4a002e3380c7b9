using System.Globalization;

namespace ShortsDaemon.Media.Captions;

/// <summary>Words that are shown with stars: the owner's list, one word on each line; a star at the end takes in all that begin so.</summary>
public sealed class WordMask
{
    private readonly HashSet<string> _whole = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _beginnings = [];

    /// <param name="lines">Lines of the list. Empty lines and those that begin with # are none of it.</param>
    public WordMask(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line.Length > 1 && line[^1] == '*')
                _beginnings.Add(line[..^1]);
            else
                _whole.Add(line);
        }
    }

    public static WordMask None { get; } = new([]);

    /// <summary>Of what is on the list only the first letter stays. Punctuation around it counts for nothing.</summary>
    public string Apply(string text) => string.Join(' ', text.Split(' ').Select(ApplyToWord));

    private string ApplyToWord(string word)
    {
        var from = 0;
        var to = word.Length;
        while (from < to && !char.IsLetterOrDigit(word[from]))
            from++;
        while (to > from && !char.IsLetterOrDigit(word[to - 1]))
            to--;
        var core = word[from..to];
        return IsListed(core) ? word[..from] + Starred(core) + word[to..] : word;
    }

    private bool IsListed(string core) =>
        core.Length > 0
        && (
            _whole.Contains(core)
            || _beginnings.Exists(begin => core.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
        );

    private static string Starred(string core)
    {
        var letters = new StringInfo(core);
        return letters.SubstringByTextElements(0, 1) + new string('*', letters.LengthInTextElements - 1);
    }
}
