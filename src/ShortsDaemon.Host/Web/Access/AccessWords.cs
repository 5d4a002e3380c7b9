using System.Globalization;
using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.Host.Web.Access;

/// <summary>What is said of tokens.</summary>
internal static class AccessWords
{
    public static string Tell(TokenScope scope) => scope == TokenScope.Read ? "May only read" : "May read and act";

    public static string Used(TokenLine token) =>
        token.UsedOn is { } day
            ? $"Last used on {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
            : "Never used";
}
