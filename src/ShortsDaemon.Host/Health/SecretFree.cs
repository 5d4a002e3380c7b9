using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ShortsDaemon.Host.Health;

/// <summary>Takes out of a text what might let somebody in: reasons quote what programs and servers said.</summary>
internal static partial class SecretFree
{
    private const string Hidden = "***";
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    [return: NotNullIfNotNull(nameof(text))]
    public static string? Text(string? text)
    {
        if (text is null)
            return null;
        text = User().Replace(text, $"${{kept}}{Hidden}@");
        text = Query().Replace(text, $"${{kept}}?{Hidden}");
        text = Bearer().Replace(text, $"${{kept}} {Hidden}");
        return Named().Replace(text, $"${{kept}}{Hidden}");
    }

    /// <summary>scheme://user:password@</summary>
    [GeneratedRegex(@"(?<kept>\b[a-z][a-z0-9+.-]*://)[^\s/@]+@", Plain, matchTimeoutMilliseconds: 1000)]
    private static partial Regex User();

    /// <summary>Signatures and tokens travel in the query of an address.</summary>
    [GeneratedRegex(@"(?<kept>\b[a-z][a-z0-9+.-]*://[^\s?'""]*)\?[^\s'""]+", Plain, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();

    [GeneratedRegex(@"\b(?<kept>Bearer|OAuth|Basic)\s+[\w.~+/=-]{8,}", Plain, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bearer();

    /// <summary>password=…, "access_token": "…"</summary>
    [GeneratedRegex(
        @"(?<kept>\b[\w-]*(?:password|pwd|secret|token|api_?key)""?\s*[=:]\s*""?)[^\s""';,&]+",
        Plain,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Named();
}
