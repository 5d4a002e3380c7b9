using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>The folder in which a channel finds what was uploaded for it.</summary>
internal static class UploadInbox
{
    /// <returns>Its path, made if need be.</returns>
    /// <exception cref="UploadException">The channel takes no recordings.</exception>
    public static string Of(ShortsOptions options, string channel) =>
        Find(options, channel)
        ?? throw new UploadException(
            options.Channels.ContainsKey(channel) ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound,
            WhyNot(options, channel)!,
            "GET /api/v1/channels lists the channels; one that is to take recordings needs a source of type Folder."
        );

    /// <returns>Why the channel takes no recordings; null: it does.</returns>
    public static string? WhyNot(ShortsOptions options, string channel)
    {
        if (!options.Channels.ContainsKey(channel))
            return $"There is no channel '{channel}' in the configuration.";
        return Find(options, channel) is null
            ? $"The channel '{channel}' has no source of type Folder, so it takes no recordings."
            : null;
    }

    private static string? Find(ShortsOptions options, string channel) =>
        options.Channels.TryGetValue(channel, out var settings)
            ? settings.Sources.OfType<FolderSourceOptions>().FirstOrDefault()?.Path
            : null;
}
