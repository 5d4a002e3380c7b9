using ShortsDaemon.World.Media;

namespace ShortsDaemon.World.Twitch;

/// <summary>The fake Twitch: who streams there, which clips there are, and how it behaves. Safe to change while the world runs.</summary>
public sealed class TwitchWorld
{
    /// <summary>The one registered application.</summary>
    public const string ClientId = "worldclient";
    public const string ClientSecret = "worldsecret";

    internal TwitchWorld(WorldOptions options)
    {
        Time = options.Time;
        Tokens = new(Time, Switches);
        Limits = new(Time, Switches);
        Files = new(Time, Switches);
        Media = new(options);
    }

    public TwitchSwitches Switches { get; } = new();

    internal TimeProvider Time { get; }
    internal TwitchUsers Users { get; } = new();
    internal TwitchGames Games { get; } = new();
    internal TwitchClips Clips { get; } = new();
    internal TwitchTokens Tokens { get; }
    internal RateLimits Limits { get; }
    internal SignedFiles Files { get; }
    internal ClipMedia Media { get; }

    /// <param name="login">Lower case name.</param>
    /// <param name="id">Null: the next free number.</param>
    /// <returns>The id.</returns>
    public string AddBroadcaster(string login, string? id = null) => Users.Add(login, id);

    /// <param name="name">For instance "Just Chatting".</param>
    /// <param name="id">Null: the next free number.</param>
    /// <returns>The id.</returns>
    public string AddGame(string name, string? id = null) => Games.Add(name, id);

    /// <param name="broadcaster">Login.</param>
    /// <param name="clip">The clip.</param>
    /// <returns>The clip's id.</returns>
    public string AddClip(string broadcaster, NewClip clip) => Clips.Add(Users.Require(broadcaster).Id, clip);

    /// <summary>A short form of <see cref="AddClip(string,NewClip)"/>.</summary>
    public string AddClip(
        string broadcaster,
        string title,
        DateTimeOffset createdAt,
        double duration = 20,
        int views = 10
    ) => AddClip(broadcaster, new NewClip(title, createdAt) { Duration = duration, Views = views });

    /// <summary>The same clip, with more views, another title, …</summary>
    public void ChangeClip(string id, Func<NewClip, NewClip> change) => Clips.Change(id, change);

    public void DeleteClip(string id) => Clips.Delete(id);

    /// <summary>The broadcaster takes another login; the id stays.</summary>
    public void Rename(string login, string newLogin) => Users.Rename(login, newLogin);

    /// <summary>The broadcaster is gone from users, and so are the clips.</summary>
    public void Ban(string login) => Users.SetBanned(login, true);

    public void Unban(string login) => Users.SetBanned(login, false);

    /// <summary>Lets somebody else download clips of a broadcaster.</summary>
    public void AddEditor(string broadcaster, string editor) => Users.AddEditor(broadcaster, editor);

    /// <summary>A user's tokens, as if the device login had been done.</summary>
    public UserTokens GrantUserToken(string login, params IReadOnlyList<string> scopes) =>
        Tokens.GrantUser(Users.Require(login).Id, scopes).Tokens;

    /// <summary>The user disconnects the application: all tokens die, the refresh tokens too.</summary>
    public void RevokeUserToken(string login) => Tokens.RevokeUser(Users.Require(login).Id);

    /// <summary>Every access token that exists now is refused; refresh tokens still work.</summary>
    public void ExpireTokens() => Tokens.ExpireAll();
}

/// <param name="Access">Access token.</param>
/// <param name="Refresh">Refresh token; works once.</param>
public sealed record UserTokens(string Access, string Refresh);
