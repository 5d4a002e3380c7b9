using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>The sources of this kind in a configuration.</summary>
public static class TwitchClipsSources
{
    /// <returns>Those of enabled channels.</returns>
    public static IEnumerable<TwitchClipsSourceOptions> Of(ShortsOptions options) =>
        options
            .Channels.Values.Where(channel => channel.Enabled)
            .SelectMany(channel => channel.Sources.OfType<TwitchClipsSourceOptions>());

    /// <returns>Accounts that they name, each once.</returns>
    public static IEnumerable<string> AccountsOf(ShortsOptions options) =>
        Of(options)
            .Select(source => source.Account)
            .Where(account => account.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);
}
