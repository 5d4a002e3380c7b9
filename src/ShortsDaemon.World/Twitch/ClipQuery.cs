using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>What a call of /helix/clips asks for: clips of a broadcaster, of a game, or by id.</summary>
internal sealed record ClipQuery(IQueryCollection Query, ClipWindow Window, int Offset, int First)
{
    private string Game => Query["game_id"].ToString();

    private string Featured => Query["is_featured"].ToString();

    /// <returns>The query, or why it makes no sense.</returns>
    public static (ClipQuery? Query, IResult? Refused) Read(IQueryCollection query, TwitchWorld twitch)
    {
        string[] kinds = ["id", "game_id", "broadcaster_id"];
        if (kinds.Count(query.ContainsKey) != 1)
            return Bad("Exactly one of the parameters id, game_id and broadcaster_id is needed");
        if (query["id"].Count > 100)
            return Bad("The maximum number of id parameters is 100");
        if (query.ContainsKey("before") || !ClipPage.TryOffset(query["after"], out var offset))
            return Bad("The cursor specified in the request is not valid");
        if (!int.TryParse(query["first"].FirstOrDefault("20"), CultureInfo.InvariantCulture, out var first))
            return Bad("The parameter \"first\" was malformed");
        if (first is < 1 or > 100)
            return Bad("The parameter \"first\" must be from 1 to 100");
        if (!ClipWindow.TryRead(query, twitch.Switches, out var window))
            return Bad("The parameter \"started_at\" or \"ended_at\" was malformed");
        return (new(query, window, offset, first), null);
    }

    /// <summary>By views; those asked for by id in the order of the ids.</summary>
    public IEnumerable<TwitchClip> Matches(TwitchClips clips) =>
        Query.ContainsKey("id")
            ? Query["id"].Select(id => clips.ById(id!)).OfType<TwitchClip>().Distinct()
            : (Game.Length > 0 ? clips.OfGame(Game) : clips.OfBroadcaster(Query["broadcaster_id"].ToString()))
                .Where(Window.Shows)
                .Where(clip => Featured.Length == 0 || Featured == (clip.Is.Featured ? "true" : "false"))
                .OrderByDescending(clip => clip.Is.Views)
                .ThenBy(clip => clip.Id, StringComparer.Ordinal);

    /// <summary>Asks for a game that nobody knows.</summary>
    public bool IsLost(TwitchGames games) => Query.ContainsKey("game_id") && games.ById(Game) is null;

    private static (ClipQuery?, IResult) Bad(string message) => (null, TwitchAnswers.HelixError(400, message));
}
