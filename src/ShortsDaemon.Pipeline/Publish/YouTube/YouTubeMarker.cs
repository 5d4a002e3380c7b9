using System.Security.Cryptography;
using System.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>The tag by which a Short is found again among the uploads of a channel.</summary>
internal static class YouTubeMarker
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Bytes = 10;

    /// <summary>
    /// The same for the same clip and destination, for ever: made from what the source calls it, not from our own number,
    /// which a new database gives out anew.
    /// </summary>
    public static string Of(Item item, string destination)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Source}\n{item.ExternalId}\n{destination}"));
        return "sd" + Base32(hash.AsSpan(0, Bytes));
    }

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
}
