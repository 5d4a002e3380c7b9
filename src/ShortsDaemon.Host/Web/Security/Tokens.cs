using System.Security.Cryptography;
using System.Text;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>With what programs enter the API: a file in Daemon:CredentialsDirectory, with hashes of the tokens.</summary>
internal sealed class Tokens(LiveOptions live, TimeProvider time)
{
    /// <summary>As many days as a token may hold, when it is not to hold for good.</summary>
    public const int MostDays = 3650;

    // So that whoever finds one in a file, or looks for lost ones, knows it.
    private const string Prefix = "sd_";
    private const int Bytes = 32;

    private PrivateList<Token> File =>
        new(
            Path.Combine(live.Value.Daemon.CredentialsDirectory, "tokens.json"),
            "remove it and create the tokens anew with: token add"
        );

    /// <exception cref="CredentialException">The file is damaged, or others may read it.</exception>
    public IReadOnlyList<Token> ReadAll() => File.Read();

    /// <param name="secret">What a program has sent.</param>
    /// <returns>Its token, also when it has expired; null: there is none.</returns>
    public Token? Find(string secret)
    {
        var sent = Encoding.ASCII.GetBytes(HashOf(secret));
        Token? found = null;
        // All of them, and each to its end: how long it takes must not tell how near a guess was.
        foreach (var token in ReadAll())
            if (CryptographicOperations.FixedTimeEquals(sent, Encoding.ASCII.GetBytes(token.Hash)))
                found = token;
        return found;
    }

    /// <param name="name">Letters, digits, '-' and '_'.</param>
    /// <param name="scope">What it may do.</param>
    /// <param name="days">How long it holds; null: for good.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What the program has to send; it is kept nowhere. Null: there is a token of this name.</returns>
    public async Task<string?> AddAsync(string name, TokenScope scope, int? days, CancellationToken cancel)
    {
        var all = ReadAll();
        if (all.Any(token => token.IsCalled(name)))
            return null;
        var secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var now = time.GetUtcNow();
        var end = days is { } some ? now.AddDays(some) : (DateTimeOffset?)null;
        await File.WriteAsync([.. all, new Token(name, scope, HashOf(secret), now, end)], cancel);
        return secret;
    }

    /// <returns>False: there is no such token.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancel)
    {
        var all = ReadAll();
        if (!all.Any(token => token.IsCalled(name)))
            return false;
        await File.WriteAsync([.. all.Where(token => !token.IsCalled(name))], cancel);
        return true;
    }

    // It is random and long, so a quick hash does: nobody can try them all.
    private static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <param name="Name">What the log calls it; letters of either case.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="Hash">SHA-256 of what is sent, in lower-case hex.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is refused; null: never.</param>
internal sealed record Token(
    string Name,
    TokenScope Scope,
    string Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt
)
{
    public bool IsCalled(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a token may do.</summary>
public enum TokenScope
{
    /// <summary>Ask (GET and HEAD).</summary>
    Read,

    /// <summary>All that the API offers.</summary>
    Act,
}
