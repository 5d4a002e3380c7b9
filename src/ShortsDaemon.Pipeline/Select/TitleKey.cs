using System.Text;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>What of a title is compared: its letters and digits in lower case, without the hashtags that were put behind it.</summary>
public static partial class TitleKey
{
    // "gg" or "lol" prove nothing. In bytes of UTF-8, because three ideographs tell as much as eight letters.
    private const int FewestBytes = 8;

    public static string Of(string title)
    {
        var key = new StringBuilder();
        foreach (var rune in Hashtags().Replace(title, " ").Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                key.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return key.ToString();
    }

    /// <returns>The key; null when the title is too short to be told from others.</returns>
    public static string? Telling(string title) =>
        Of(title) is { } key && Encoding.UTF8.GetByteCount(key) >= FewestBytes ? key : null;

    [GeneratedRegex(@"#\w+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Hashtags();
}
