using System.Web;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Commands.Auth;

/// <summary>What comes back from a consent page: a code, alone or in the address that the browser was sent to.</summary>
internal static class ConsentAnswer
{
    /// <param name="text">A code, or the whole address, as somebody pasted it.</param>
    /// <param name="state">What our own link carried.</param>
    /// <returns>The code; null when there is none in it.</returns>
    /// <exception cref="CredentialException">The page has said no, or it is the answer to another link.</exception>
    public static string? CodeIn(string text, string state)
    {
        var pasted = text.Trim().Trim('"', '\'');
        if (pasted.Length == 0 || pasted.Any(char.IsWhiteSpace))
            return null;
        return
            Uri.TryCreate(pasted, UriKind.Absolute, out var address)
            && address.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? CodeInQuery(address.Query, state)
            : Uri.UnescapeDataString(pasted);
    }

    /// <param name="query">From the question mark on.</param>
    /// <param name="state">What our own link carried.</param>
    public static string? CodeInQuery(string query, string state)
    {
        var answer = HttpUtility.ParseQueryString(query);
        if (answer["error"] is { } error)
            throw new CredentialException(
                error == "access_denied"
                    ? "It was not allowed on the consent page; nothing was changed"
                    : $"The consent page says: {error}"
            );
        if (answer["code"] is not { Length: > 0 } code)
            return null;
        return answer["state"] == state
            ? code
            : throw new CredentialException("That is the answer to another link; use the one that was printed last");
    }
}
