using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.Host.Web.Access;

/// <summary>What the page of accounts and tokens shows.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Accounts">By name.</param>
/// <param name="Tokens">Without what lets anybody in.</param>
public sealed record AccessReading(DateTimeOffset At, IReadOnlyList<string> Accounts, IReadOnlyList<TokenLine> Tokens)
{
    /// <summary>The token that was just made; null: none was.</summary>
    public MadeToken? Made { get; init; }

    /// <summary>Why none was made; null: nothing is wrong.</summary>
    public string? Wrong { get; init; }
}

/// <param name="Name">What the log calls it.</param>
/// <param name="Secret">What the program has to send.</param>
public sealed record MadeToken(string Name, string Secret);
