using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>The tag by which a Short is found again at its destination.</summary>
internal static partial class ShortMarker
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Bytes = 10;

    public static string Of(Item item, string destination) => Of(item.Source, item.ExternalId, destination);

    /// <summary>
    /// The same for the same clip and destination, for ever: made from what the source calls it, not from our own number,
    /// which a new database gives out anew.
    /// </summary>
    public static string Of(string source, string externalId, string destination)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{externalId}\n{destination}"));
        return "sd" + Base32(hash.AsSpan(0, Bytes));
    }

    /// <returns>The first one among these texts; null: there is none.</returns>
    public static string? In(IEnumerable<string?> texts) =>
        texts
            .OfType<string>()
            .Select(text => Whole().Match(text))
            .FirstOrDefault(match => match.Success)
            ?.Value.ToLowerInvariant();

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (rest, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (rest, bits) = ((rest << 8) | value, bits + 8);
            for (; bits >= 5; bits -= 5)
                text.Append(Letters[(rest >> (bits - 5)) & 31]);
            rest &= (1 << bits) - 1;
        }
        return text.ToString();
    }

    [GeneratedRegex(@"\bsd[a-z2-7]{16}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Whole();
}
