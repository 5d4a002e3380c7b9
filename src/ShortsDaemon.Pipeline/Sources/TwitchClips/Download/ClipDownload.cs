using System.Net;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Brings a clip's file: by the official download where an account is configured, else by yt-dlp.</summary>
public sealed class ClipDownload
{
    private readonly FindClipFile _find;
    private readonly OfficialDownload _official;
    private readonly YtDlp _ytDlp;
    private readonly LiveOptions _options;
    private readonly ILogger<ClipDownload> _log;

    public ClipDownload(
        FindClipFile find,
        ProviderClients clients,
        ProcessRunner processes,
        Breakers breakers,
        Alerts alerts,
        LiveOptions options,
        TimeProvider time,
        ILogger<ClipDownload> log
    )
        : this(
            find,
            new OfficialDownload(clients, options, time),
            new YtDlp(processes, breakers, alerts, options),
            options,
            log
        ) { }

    internal ClipDownload(
        FindClipFile find,
        OfficialDownload official,
        YtDlp ytDlp,
        LiveOptions options,
        ILogger<ClipDownload> log
    ) => (_find, _official, _ytDlp, _options, _log) = (find, official, ytDlp, options, log);

    /// <returns>Whether a channel has clips that only yt-dlp can bring.</returns>
    public static bool NeedsYtDlp(ShortsOptions options) =>
        options
            .Channels.Values.Where(channel => channel.Enabled)
            .SelectMany(channel => channel.Sources.OfType<TwitchClipsSourceOptions>())
            .Any(source => source.Account.Length == 0);

    /// <param name="item">A clip: ExternalId is its id, Origin.Url its page.</param>
    /// <param name="source">The source that found it; null: it has left the configuration.</param>
    /// <param name="path">Gets the whole file; must not exist yet, its folder must.</param>
    /// <param name="cancel">Gives up; programs that were started are gone then.</param>
    /// <exception cref="FileNotFoundException">The clip is gone.</exception>
    /// <exception cref="RefusedMediaException">It can never be had.</exception>
    /// <exception cref="UnavailableException">Not now; what has arrived is kept for the next try.</exception>
    /// <exception cref="ClipFileException">The platform works, but does not give this file.</exception>
    /// <exception cref="ProcessFailedException">yt-dlp failed for no known reason.</exception>
    public async Task FetchAsync(Item item, TwitchClipsSourceOptions? source, string path, CancellationToken cancel)
    {
        var folder = WorkFolder.Scratch(path);
        Directory.CreateDirectory(folder);
        try
        {
            if (source is { Account: { Length: > 0 } account })
            {
                if (await OfficialAsync(item, account, folder, path, cancel) is not { } why)
                    return;
                RequireYtDlp(why);
            }
            await _ytDlp.FetchAsync(PageOf(item), folder, path, cancel);
        }
        catch (Exception e)
            when (e
                    is RefusedMediaException
                        or FileNotFoundException
                        or ClipFileException
                        or ProcessFailedException
                        and not ToolMissingException
            )
        {
            // What lies there is of no use, or may be the very reason.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <returns>Why the official download does not have it; null: it has arrived.</returns>
    private async Task<Exception?> OfficialAsync(
        Item item,
        string account,
        string folder,
        string path,
        CancellationToken cancel
    )
    {
        try
        {
            // The address lives for a minute; when it has expired on the way, a fresh one is asked for, once.
            for (var tries = 0; tries < 2; tries++)
            {
                var address = await _find(item.ExternalId, item.Origin?.BroadcasterId ?? "", account, cancel);
                if (address is null)
                    return new ClipFileException("the official download does not have this clip's file");
                if (await _official.TryFetchAsync(address, folder, path, cancel))
                    return null;
            }
            return new ClipFileException("the official download refuses this clip's file, also at a fresh address");
        }
        catch (Exception e) when (e is CredentialException or ClipFileException || IsAboutClip(e))
        {
            _log.LogWarning("The official download of {Clip} is not to be had: {Reason}", item.ExternalId, e.Message);
            return e is HelixException ? new ClipFileException(e.Message, e) : e;
        }
    }

    // 5xx and 408 are Twitch's own trouble.
    private static bool IsAboutClip(Exception e) =>
        e is HelixException { Status: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } helix
        && helix.Status != HttpStatusCode.RequestTimeout;

    private void RequireYtDlp(Exception why)
    {
        if (ToolPath.Find(_options.Value.Tools.YtDlp) is null)
            ExceptionDispatchInfo.Throw(why);
    }

    private static string PageOf(Item item)
    {
        var page = item.Origin?.Url is { Length: > 0 } url ? url : item.Location;
        return Uri.TryCreate(page, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? page
            : throw new RefusedMediaException("the clip has no web address");
    }
}
