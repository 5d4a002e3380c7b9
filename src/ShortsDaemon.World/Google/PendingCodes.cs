using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ShortsDaemon.World.Google;

/// <summary>Authorization codes: each is good once, for ten minutes, for the client, address and verifier it was made for.</summary>
internal sealed class PendingCodes(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, PendingCode> _codes = new(StringComparer.Ordinal);

    public string Make(
        string account,
        GoogleProject project,
        string redirect,
        string? challenge,
        IReadOnlyList<string> scopes
    )
    {
        var code = Secrets.Make("4/w-");
        _codes[code] = new PendingCode(account, project, redirect, challenge, scopes, time.GetUtcNow() + Life);
        return code;
    }

    /// <returns>The code's facts; null with the reason in words.</returns>
    public (PendingCode? Code, string Reason) Take(
        string code,
        GoogleProject project,
        string redirect,
        string? verifier
    )
    {
        if (!_codes.TryRemove(code, out var pending) || pending.Project != project)
            return (null, "Malformed auth code.");
        if (time.GetUtcNow() >= pending.ExpiresAt || pending.Redirect != redirect)
            return (null, "Bad Request");
        if (pending.Challenge is null)
            return (pending, "");
        if (string.IsNullOrEmpty(verifier))
            return (null, "Missing code verifier.");
        return Challenge(verifier) == pending.Challenge ? (pending, "") : (null, "Invalid code verifier.");
    }

    /// <summary>S256: base64url of the SHA-256, without padding.</summary>
    private static string Challenge(string verifier) =>
        Convert
            .ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))
            .TrimEnd('=')
            .Replace('+', '-')
            .Replace('/', '_');
}

internal sealed record PendingCode(
    string Account,
    GoogleProject Project,
    string Redirect,
    string? Challenge,
    IReadOnlyList<string> Scopes,
    DateTimeOffset ExpiresAt
);
