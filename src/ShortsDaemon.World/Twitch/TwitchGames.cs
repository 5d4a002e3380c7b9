using System.Globalization;

namespace ShortsDaemon.World.Twitch;

/// <summary>The games that somebody may play at the fake Twitch.</summary>
internal sealed class TwitchGames
{
    private readonly Lock _lock = new();
    private readonly List<TwitchGame> _games = [];
    private int _next = 509658;

    public string Add(string name, string? id)
    {
        lock (_lock)
        {
            id ??= (_next++).ToString(CultureInfo.InvariantCulture);
            _games.Add(new(id, name));
            return id;
        }
    }

    public TwitchGame? ById(string id) => Find(game => game.Id == id);

    /// <param name="name">Exactly as it is written.</param>
    public TwitchGame? ByName(string name) => Find(game => game.Name == name);

    private TwitchGame? Find(Predicate<TwitchGame> wanted)
    {
        lock (_lock)
            return _games.Find(wanted);
    }
}

internal sealed record TwitchGame(string Id, string Name);
