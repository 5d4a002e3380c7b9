using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>What is told of a token.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UsedOn">The day of its last use in UTC; null: never.</param>
/// <param name="ExpiresAt">From when on it is refused; null: never.</param>
public sealed record TokenLine(
    string Name,
    TokenScope Scope,
    DateTimeOffset CreatedAt,
    DateOnly? UsedOn,
    DateTimeOffset? ExpiresAt
)
{
    internal static IReadOnlyList<TokenLine> All(Tokens tokens, LiveOptions live)
    {
        var uses = TokenUses.Read(live);
        return
        [
            .. tokens
                .ReadAll()
                .Select(token => new TokenLine(
                    token.Name,
                    token.Scope,
                    token.CreatedAt,
                    uses.TryGetValue(token.Hash, out var day) ? day : null,
                    token.ExpiresAt
                )),
        ];
    }
}
