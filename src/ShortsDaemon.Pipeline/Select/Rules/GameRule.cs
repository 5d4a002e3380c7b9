using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select.Rules;

internal sealed class GameRule : SelectionRule
{
    public override string? Refuse(Item item, ClipFacts facts, SelectionOptions options, DateTimeOffset now)
    {
        if (item.Origin is not { } clip)
            return null;
        if (GameNames.Has(options.BlockedGames, clip))
            return $"its game is {Told(clip)} (BlockedGames)";
        return options.Games.Count > 0 && !GameNames.Has(options.Games, clip)
            ? $"its game is {Told(clip)}, wanted are {string.Join(", ", options.Games)} (Games)"
            : null;
    }

    private static string Told(ClipOrigin clip) =>
        clip switch
        {
            { Game.Length: > 0 } => $"'{clip.Game}'",
            { GameId.Length: > 0 } => $"number {clip.GameId}",
            _ => "not known",
        };
}
