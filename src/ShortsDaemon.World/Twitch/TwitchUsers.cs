using System.Globalization;

namespace ShortsDaemon.World.Twitch;

/// <summary>Everybody who has an account at the fake Twitch.</summary>
internal sealed class TwitchUsers
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TwitchUser> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string Broadcaster, string Editor)> _editors = [];
    private int _next = 1001;

    public string Add(string login, string? id)
    {
        lock (_lock)
        {
            id ??= (_next++).ToString(CultureInfo.InvariantCulture);
            _ids.Add(login, id);
            _byId.Add(id, new(id, login, login));
            return id;
        }
    }

    public TwitchUser? ById(string id)
    {
        lock (_lock)
            return _byId.GetValueOrDefault(id);
    }

    public TwitchUser? ByLogin(string login)
    {
        lock (_lock)
            return _ids.TryGetValue(login, out var id) ? _byId[id] : null;
    }

    /// <exception cref="ArgumentException">There is nobody of that login.</exception>
    public TwitchUser Require(string login) =>
        ByLogin(login) ?? throw new ArgumentException($"nobody at the fake Twitch is called '{login}'", nameof(login));

    public void Rename(string login, string newLogin)
    {
        lock (_lock)
        {
            var user = Require(login);
            _ids.Add(newLogin, user.Id);
            _ids.Remove(login);
            _byId[user.Id] = user with { Login = newLogin, DisplayName = newLogin };
        }
    }

    public void SetBanned(string login, bool banned)
    {
        lock (_lock)
            _byId[Require(login).Id] = Require(login) with { Banned = banned };
    }

    public void AddEditor(string broadcaster, string editor)
    {
        lock (_lock)
            _editors.Add((Require(broadcaster).Id, Require(editor).Id));
    }

    /// <returns>May download the broadcaster's clips: the broadcaster, or an editor.</returns>
    public bool MayEdit(string broadcasterId, string userId)
    {
        lock (_lock)
            return broadcasterId == userId || _editors.Contains((broadcasterId, userId));
    }
}

internal sealed record TwitchUser(string Id, string Login, string DisplayName)
{
    public bool Banned { get; init; }
}
