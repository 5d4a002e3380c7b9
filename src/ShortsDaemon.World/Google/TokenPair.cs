namespace ShortsDaemon.World.Google;

/// <param name="AccessToken">Good for about an hour.</param>
/// <param name="RefreshToken">Good until it is revoked, ages out or is replaced.</param>
public sealed record TokenPair(string AccessToken, string RefreshToken);

/// <summary>What one user allowed one project.</summary>
internal sealed class Grant(string account, GoogleProject project, IReadOnlyList<string> scopes, DateTimeOffset at)
{
    public string Account => account;
    public GoogleProject Project => project;
    public IReadOnlyList<string> Scopes => scopes;

    /// <summary>When the refresh token dies of age.</summary>
    public DateTimeOffset? DiesAt { get; } = at + project.RefreshTokenLife;

    public string RefreshToken { get; set; } = Secrets.Make("1//w-");

    public bool IsAlive(DateTimeOffset now) => DiesAt is not { } end || now < end;
}

/// <param name="Grant">Whose it is.</param>
/// <param name="Token">The token.</param>
/// <param name="ExpiresAt">When it is no use any more.</param>
internal sealed record AccessToken(Grant Grant, string Token, DateTimeOffset ExpiresAt);
