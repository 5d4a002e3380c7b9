namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>What the token file of an account holds.</summary>
public sealed class TwitchAccount
{
    /// <summary>The application that the tokens belong to.</summary>
    public required string ClientId { get; init; }
    public required string UserId { get; init; }
    public required string Login { get; init; }
    public required string AccessToken { get; init; }
    public required string RefreshToken { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the tokens were got.</summary>
    public DateTimeOffset ObtainedAt { get; init; }

    /// <summary>Why the refresh token can be used no more; null: it can.</summary>
    public string? LoginNeeded { get; init; }

    public TwitchAccount With(string? loginNeeded) => With(AccessToken, RefreshToken, ObtainedAt, loginNeeded);

    public TwitchAccount With(TokenAnswer tokens, DateTimeOffset now) =>
        With(tokens.AccessToken, tokens.RefreshToken ?? RefreshToken, now, loginNeeded: null);

    private TwitchAccount With(string access, string refresh, DateTimeOffset obtained, string? loginNeeded) =>
        new()
        {
            ClientId = ClientId,
            UserId = UserId,
            Login = Login,
            Scopes = Scopes,
            AccessToken = access,
            RefreshToken = refresh,
            ObtainedAt = obtained,
            LoginNeeded = loginNeeded,
        };
}

/// <summary>A token to ask with.</summary>
/// <param name="access">The token itself.</param>
/// <param name="userId">Whose it is; empty: the application's.</param>
/// <param name="login">Login of that user.</param>
public sealed class UserToken(string access, string userId = "", string login = "")
{
    public string Access => access;
    public string UserId => userId;
    public string Login => login;
}
