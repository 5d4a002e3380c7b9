using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ShortsDaemon.World.Twitch;

/// <summary>Signatures of file URLs that work for a short time.</summary>
internal sealed class SignedFiles(TimeProvider time, TwitchSwitches switches)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <returns>What stands in the URL before the clip's id.</returns>
    public string Sign(string clipId)
    {
        var expires = (time.GetUtcNow() + switches.FileUrlLife).ToUnixTimeMilliseconds();
        return $"{expires.ToString(CultureInfo.InvariantCulture)}-{Seal(clipId, expires)}";
    }

    public bool IsValid(string signature, string clipId) =>
        signature.Split('-') is [var until, var seal]
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
        && seal == Seal(clipId, expires)
        && time.GetUtcNow().ToUnixTimeMilliseconds() < expires;

    private string Seal(string clipId, long expires)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{clipId} {expires}"));
        return Convert.ToHexStringLower(HMACSHA256.HashData(_key, text).AsSpan(0, 16));
    }
}
