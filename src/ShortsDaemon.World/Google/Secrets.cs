using System.Security.Cryptography;

namespace ShortsDaemon.World.Google;

internal static class Secrets
{
    /// <returns>The prefix and 32 random hexadecimal digits.</returns>
    public static string Make(string prefix) => prefix + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
