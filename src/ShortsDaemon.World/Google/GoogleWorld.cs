using System.Text.Json;

namespace ShortsDaemon.World.Google;

/// <summary>Google's users and projects, and what the ones allowed the others.</summary>
public sealed class GoogleWorld
{
    private static readonly string[] Loopback = ["http://localhost"];
    private readonly Lock _gate = new();
    private readonly List<GoogleProject> _projects = [];
    private readonly List<string> _accounts = [];
    private readonly Func<Uri> _address;
    private int _outages;

    /// <param name="time">The world's clock.</param>
    /// <param name="address">Of the world, once it listens.</param>
    internal GoogleWorld(TimeProvider time, Func<Uri> address)
    {
        (Tokens, Codes, _address) = (new GoogleTokens(time), new PendingCodes(time), address);
        Project = AddProject("shorts");
    }

    /// <summary>The project that is there from the start: shorts.</summary>
    public GoogleProject Project { get; }

    public ConsentSwitches Consent { get; } = new();

    /// <summary>True: each refresh answers a new refresh token, and the old one is dead from then on.</summary>
    public bool RotatesRefreshTokens { get; set; }

    /// <summary>How long an access token given from now on lives.</summary>
    public TimeSpan AccessTokenLife
    {
        get => Tokens.AccessTokenLife;
        set => Tokens.AccessTokenLife = value;
    }

    internal GoogleTokens Tokens { get; }
    internal PendingCodes Codes { get; }

    internal string? FirstAccount => Locked(() => _accounts.FirstOrDefault());

    /// <param name="name">For instance second.</param>
    /// <param name="refreshTokenLife">Set: the project is in the state Testing (Google: 7 days).</param>
    public GoogleProject AddProject(string name, TimeSpan? refreshTokenLife = null)
    {
        var project = new GoogleProject(name, $"{name}.apps.world.example", $"secret-of-{name}", refreshTokenLife);
        Locked(() => _projects.Add(project));
        return project;
    }

    /// <summary>Adds a user; does nothing when it is there.</summary>
    public void AddAccount(string account) =>
        Locked(() =>
        {
            if (!_accounts.Contains(account))
                _accounts.Add(account);
        });

    /// <summary>As if the user had gone through the consent page.</summary>
    /// <param name="account">Who allows it.</param>
    /// <param name="project">Which project may; null: <see cref="Project"/>.</param>
    /// <param name="scopes">What; null: <see cref="GoogleScopes.Usual"/>.</param>
    public TokenPair IssueToken(string account, GoogleProject? project = null, IReadOnlyList<string>? scopes = null)
    {
        var token = Tokens.Add(account, project ?? Project, scopes ?? GoogleScopes.Usual);
        return new TokenPair(token.Token, token.Grant.RefreshToken);
    }

    /// <summary>The user takes back what was allowed: access tokens (401) and refresh tokens (invalid_grant) die at once.</summary>
    public void Revoke(string account) => Tokens.RevokeAccount(account);

    /// <summary>The access tokens die before their time; a refresh brings a new one.</summary>
    public void ExpireAccessTokens(string account) => Tokens.ExpireAccess(account);

    /// <summary>The next requests for a token are answered 503 with an empty body.</summary>
    public void FailTokenRequests(int times) => Interlocked.Add(ref _outages, times);

    /// <summary>Writes the file that Google's console gives for an installed app; its addresses are those of this world.</summary>
    /// <param name="path">Readable for the owner alone.</param>
    /// <param name="project">Null: <see cref="Project"/>.</param>
    public void WriteClientSecret(string path, GoogleProject? project = null)
    {
        var (address, client) = (_address(), project ?? Project);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(
            file,
            new
            {
                installed = new
                {
                    client_id = client.ClientId,
                    project_id = client.Name,
                    auth_uri = $"{address}google/auth",
                    token_uri = $"{address}google/token",
                    client_secret = client.ClientSecret,
                    redirect_uris = Loopback,
                },
            }
        );
    }

    internal GoogleProject? FindProject(string? clientId) => Locked(() => _projects.Find(p => p.ClientId == clientId));

    internal bool HasAccount(string account) => Locked(() => _accounts.Contains(account));

    internal bool TakeOutage()
    {
        if (Interlocked.Decrement(ref _outages) >= 0)
            return true;
        Interlocked.Increment(ref _outages);
        return false;
    }

    private T Locked<T>(Func<T> work)
    {
        lock (_gate)
            return work();
    }

    private void Locked(Action work)
    {
        lock (_gate)
            work();
    }
}
