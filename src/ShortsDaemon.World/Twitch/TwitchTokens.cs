using System.Security.Cryptography;

namespace ShortsDaemon.World.Twitch;

/// <summary>The tokens that the fake Twitch has given out.</summary>
internal sealed class TwitchTokens(TimeProvider time, TwitchSwitches switches)
{
    private static readonly TimeSpan RefreshLife = TimeSpan.FromDays(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, IssuedToken> _access = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RefreshGrant> _refresh = new(StringComparer.Ordinal);

    public IssuedToken GrantApp() => Issue(null, [], switches.AppTokenLife);

    public GrantedUser GrantUser(string userId, IReadOnlyList<string> scopes)
    {
        var token = Issue(userId, scopes, switches.UserTokenLife);
        var refresh = Secret();
        lock (_lock)
            _refresh[refresh] = new(userId, scopes, time.GetUtcNow() + RefreshLife);
        return new(token, new(token.Access, refresh));
    }

    /// <summary>The old refresh token dies, and so may everything of a user whose dead one is used.</summary>
    /// <returns>Null: the token is not valid.</returns>
    public GrantedUser? Refresh(string refresh)
    {
        RefreshGrant? grant;
        lock (_lock)
        {
            grant = _refresh.GetValueOrDefault(refresh);
            if (grant is null || grant.Expires <= time.GetUtcNow())
                return null;
            _refresh[refresh] = grant with { Used = true };
        }
        if (!grant.Used)
            return GrantUser(grant.UserId, grant.Scopes);
        if (switches.ReusedRefreshRevokes)
            RevokeUser(grant.UserId);
        return null;
    }

    /// <returns>The token as long as it is valid.</returns>
    public IssuedToken? Find(string access)
    {
        lock (_lock)
            return _access.GetValueOrDefault(access) is { } token && token.Expires > time.GetUtcNow() ? token : null;
    }

    public bool Revoke(string access)
    {
        lock (_lock)
            return _access.Remove(access);
    }

    public void RevokeUser(string userId)
    {
        lock (_lock)
        {
            foreach (var token in _access.Values.Where(token => token.UserId == userId).ToList())
                _access.Remove(token.Access);
            foreach (var refresh in _refresh.Where(grant => grant.Value.UserId == userId).ToList())
                _refresh.Remove(refresh.Key);
        }
    }

    public void ExpireAll()
    {
        lock (_lock)
            _access.Clear();
    }

    internal static string Secret() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 30);

    private IssuedToken Issue(string? userId, IReadOnlyList<string> scopes, TimeSpan life)
    {
        var token = new IssuedToken(Secret(), userId, scopes, time.GetUtcNow() + life);
        lock (_lock)
            _access.Add(token.Access, token);
        return token;
    }

    private sealed record RefreshGrant(
        string UserId,
        IReadOnlyList<string> Scopes,
        DateTimeOffset Expires,
        bool Used = false
    );
}

/// <param name="Access">The token itself.</param>
/// <param name="UserId">Null: an app token.</param>
/// <param name="Scopes">What the user allowed.</param>
/// <param name="Expires">By the world's clock.</param>
internal sealed record IssuedToken(string Access, string? UserId, IReadOnlyList<string> Scopes, DateTimeOffset Expires)
{
    public int SecondsLeft(DateTimeOffset now) => (int)(Expires - now).TotalSeconds;
}

internal sealed record GrantedUser(IssuedToken Token, UserTokens Tokens);
