using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>How well a title reads to somebody who does not know the stream, 0 to 1. Each fault takes its share.</summary>
internal static partial class TitleQuality
{
    private const int FewestWords = 2;
    private const int ShortestTitle = 8;
    private const int LongestTitle = 70;

    // Beyond this many of the letters are capitals: shouting.
    private const double MostCapitals = 0.7;
    private const int LettersToShout = 8;

    public static double Of(string title)
    {
        var runes = title.EnumerateRunes().ToList();
        var letters = runes.Where(Rune.IsLetter).ToList();
        if (letters.Count == 0)
            return 0;
        var faults = 0.0;
        if (new StringInfo(title).LengthInTextElements is < ShortestTitle or > LongestTitle)
            faults += 0.3;
        if (Words().Count(title) < FewestWords && !IsWrittenWithoutSpaces(letters))
            faults += 0.2;
        if (IsShouted(letters))
            faults += 0.25;
        if (Noise().IsMatch(title))
            faults += 0.35;
        if (letters.Count < runes.Count(r => !Rune.IsWhiteSpace(r)) / 2.0)
            faults += 0.25;
        return Math.Max(0, 1 - faults);
    }

    private static bool IsShouted(List<Rune> letters) =>
        letters.Count >= LettersToShout && letters.Count(Rune.IsUpper) > MostCapitals * letters.Count;

    private static bool IsWrittenWithoutSpaces(List<Rune> letters) =>
        letters.All(letter => Rune.GetUnicodeCategory(letter) == UnicodeCategory.OtherLetter);

    [GeneratedRegex(@"[\p{L}\p{N}']+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();

    // Chat commands, addresses, and the prizes and sponsors that stand in the titles of whole streams.
    [GeneratedRegex(
        @"(^|\s)![a-z]{2,}|https?://|www\.|\.(com|tv|gg)\b|#ad\b|\bgiveaway\b|(?<same>.)\k<same>{4,}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Noise();
}
