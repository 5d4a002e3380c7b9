using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>A configuration may name a game as people call it, or by its id.</summary>
internal static class GameNames
{
    public static bool Has(IEnumerable<string> names, ClipOrigin clip) =>
        names.Any(name =>
            (clip.Game.Length > 0 && string.Equals(name.Trim(), clip.Game.Trim(), StringComparison.OrdinalIgnoreCase))
            || (clip.GameId.Length > 0 && string.Equals(name.Trim(), clip.GameId, StringComparison.Ordinal))
        );
}
