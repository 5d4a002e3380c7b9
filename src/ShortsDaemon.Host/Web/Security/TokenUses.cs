using System.Collections.Concurrent;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// On which day each token was used last. It has a file of its own: a note of a use must never write back a token that a
/// command has just removed.
/// </summary>
internal sealed class TokenUses(LiveOptions live, Tokens tokens, TimeProvider time, ILogger<TokenUses> log)
    : IDisposable
{
    private readonly ConcurrentDictionary<string, DateOnly> _noted = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>The file is written once a day for each token.</summary>
    public async Task NoteAsync(Token token, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_noted.TryGetValue(token.Hash, out var day) && day == today)
            return;
        await _one.WaitAsync(cancel);
        try
        {
            _noted[token.Hash] = today;
            await WriteAsync(new TokenUse(token.Hash, today));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The program gets its answer all the same; only the list of tokens knows a little less.
            log.LogWarning("That the token {Name} was used cannot be noted: {Reason}", token.Name, e.Message);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <returns>The day of the last use in UTC, by the hash of the token.</returns>
    public static IReadOnlyDictionary<string, DateOnly> Read(LiveOptions live) =>
        FileOf(live).Read().ToDictionary(use => use.Hash, use => use.Day, StringComparer.Ordinal);

    public void Dispose() => _one.Dispose();

    // Half a note is worse than a late answer, so it is not given up.
    private Task WriteAsync(TokenUse latest)
    {
        var known = tokens.ReadAll().Select(token => token.Hash).ToHashSet(StringComparer.Ordinal);
        var file = FileOf(live);
        var others = file.Read().Where(use => use.Hash != latest.Hash && known.Contains(use.Hash));
        return file.WriteAsync([.. others, latest], CancellationToken.None);
    }

    private static PrivateList<TokenUse> FileOf(LiveOptions live) =>
        new(Path.Combine(live.Value.Daemon.CredentialsDirectory, "token-uses.json"), "remove it: it only tells days");

    /// <param name="Hash">Of the token.</param>
    /// <param name="Day">UTC.</param>
    private sealed record TokenUse(string Hash, DateOnly Day);
}
