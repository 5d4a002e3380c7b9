namespace ShortsDaemon.World.Google;

/// <summary>Every token that was given and still works.</summary>
internal sealed class GoogleTokens(TimeProvider time)
{
    /// <summary>More live refresh tokens for one user and client push out the oldest, without a word.</summary>
    private const int MostPerUserAndClient = 100;

    private readonly Lock _gate = new();
    private readonly List<Grant> _grants = [];
    private readonly Dictionary<string, AccessToken> _access = new(StringComparer.Ordinal);

    /// <summary>Google says one second less than an hour.</summary>
    public TimeSpan AccessTokenLife { get; set; } = TimeSpan.FromSeconds(3599);

    public AccessToken Add(string account, GoogleProject project, IReadOnlyList<string> scopes)
    {
        lock (_gate)
        {
            var grant = new Grant(account, project, scopes, time.GetUtcNow());
            _grants.Add(grant);
            var those = _grants.Where(g => g.Account == account && g.Project == project).ToList();
            foreach (var oldest in those.Take(those.Count - MostPerUserAndClient))
                Drop(oldest);
            return NewAccess(grant);
        }
    }

    /// <param name="refreshToken">What the client kept.</param>
    /// <param name="project">Whose client asks: a token works only with the client that made it.</param>
    /// <param name="rotate">True: the refresh token is replaced, and the old one is dead at once.</param>
    /// <returns>Null: invalid_grant.</returns>
    public AccessToken? Refresh(string refreshToken, GoogleProject project, bool rotate)
    {
        lock (_gate)
        {
            var grant = _grants.Find(g => g.RefreshToken == refreshToken && g.Project == project);
            if (grant is null || !grant.IsAlive(time.GetUtcNow()))
                return null;
            if (rotate)
                grant.RefreshToken = Secrets.Make("1//w-");
            return NewAccess(grant);
        }
    }

    /// <returns>Null: unknown, expired or revoked.</returns>
    public Grant? Find(string accessToken)
    {
        lock (_gate)
        {
            return _access.TryGetValue(accessToken, out var known) && time.GetUtcNow() < known.ExpiresAt
                ? known.Grant
                : null;
        }
    }

    /// <summary>Kills everything that the user allowed the project of this token.</summary>
    /// <returns>False: no such token.</returns>
    public bool RevokeToken(string token)
    {
        lock (_gate)
        {
            var grant = _grants.Find(g => g.RefreshToken == token) ?? _access.GetValueOrDefault(token)?.Grant;
            if (grant is null)
                return false;
            DropAll(g => g.Account == grant.Account && g.Project == grant.Project);
            return true;
        }
    }

    public void RevokeAccount(string account)
    {
        lock (_gate)
            DropAll(g => g.Account == account);
    }

    /// <summary>The access tokens die, the refresh tokens live.</summary>
    public void ExpireAccess(string account)
    {
        lock (_gate)
            DropAccess(token => token.Grant.Account == account);
    }

    private AccessToken NewAccess(Grant grant)
    {
        var token = new AccessToken(grant, Secrets.Make("ya29.w-"), time.GetUtcNow() + AccessTokenLife);
        _access[token.Token] = token;
        return token;
    }

    private void DropAll(Func<Grant, bool> which)
    {
        foreach (var grant in _grants.Where(which).ToList())
            Drop(grant);
    }

    private void Drop(Grant grant)
    {
        _grants.Remove(grant);
        DropAccess(token => token.Grant == grant);
    }

    private void DropAccess(Func<AccessToken, bool> which)
    {
        foreach (var token in _access.Values.Where(which).ToList())
            _access.Remove(token.Token);
    }
}
