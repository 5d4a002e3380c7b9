using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Brings a clip's file with yt-dlp, for channels that have no official download.</summary>
internal sealed class YtDlp(ProcessRunner processes, Breakers breakers, Alerts alerts, LiveOptions options)
{
    /// <summary>Name of its breaker and subject of its alert.</summary>
    public const string Provider = "YtDlp";

    /// <summary>Rule of the alert that only a newer yt-dlp helps.</summary>
    public const string AlertRule = "ExtractorOutdated";

    internal DownloadPace Pace { get; init; } = DownloadPace.Default;

    /// <param name="page">The clip's own address.</param>
    /// <param name="folder">Existing folder for what has arrived so far; kept between tries.</param>
    /// <param name="path">Gets the whole file.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FileNotFoundException">The clip is gone.</exception>
    /// <exception cref="RefusedMediaException">It is too large, or never to be had.</exception>
    /// <exception cref="UnavailableException">Network, platform, or a yt-dlp that is too old.</exception>
    /// <exception cref="ClipFileException">The platform refuses this one file.</exception>
    /// <exception cref="ProcessFailedException">For no known reason.</exception>
    public async Task FetchAsync(string page, string folder, string path, CancellationToken cancel)
    {
        var file = await breakers.RunAsync(Provider, token => LoadAsync(page, folder, token), cancel);
        await alerts.ResolveAsync(AlertRule, Provider, cancel);
        File.Move(file, path);
    }

    private async Task<string> LoadAsync(string page, string folder, CancellationToken cancel)
    {
        var settings = options.Value;
        var reading = new YtDlpReading(settings.Twitch, Pace);
        var command = YtDlpCommand.Of(settings, page, folder, Pace.Window);
        try
        {
            var handlers = new OutputHandlers { IsProgress = reading.Take };
            var result = await processes.RunAsync(command, handlers, cancel);
            FlowMeter.Called(Provider, result.Succeeded ? CallOutcome.Ok : CallOutcome.Failed);
            return result.Succeeded ? Finished(reading, folder) : throw await TroubleAsync(result, cancel);
        }
        catch (ProcessTimeoutException e)
        {
            FlowMeter.Called(Provider, CallOutcome.Unreachable);
            throw new ProviderDownException(YtDlpTroubles.Printable(e.Message), e);
        }
    }

    private string Finished(YtDlpReading reading, string folder)
    {
        if (reading.Finished is not { } file)
            throw new ProcessFailedException(
                "yt-dlp ended without an error, but it has not said that the file is there"
            );
        // Its word alone must not let a file of somebody else's be taken.
        if (
            !Path.GetFullPath(file)
                .StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            throw new ProcessFailedException("yt-dlp has laid the file outside of the folder it was given");
        var found = new FileInfo(file);
        if (!found.Exists || found.Length == 0)
            throw new ProcessFailedException("yt-dlp says that the file is there, but it is not, or it is empty");
        ClipSize.Require(found.Length, options.Value.Twitch);
        return file;
    }

    private async Task<Exception> TroubleAsync(ProcessResult result, CancellationToken cancel)
    {
        var line = YtDlpTroubles.ErrorLine(result.ErrorTail);
        var words = $"yt-dlp ended with exit code {result.ExitCode}: {YtDlpTroubles.Printable(line)}";
        switch (YtDlpTroubles.Of(result.ExitCode, line))
        {
            case YtDlpTrouble.Gone:
                return new FileNotFoundException($"the clip is gone ({words})");
            case YtDlpTrouble.Refused:
                return new RefusedMediaException(words);
            case YtDlpTrouble.File:
                return new ClipFileException(words);
            case YtDlpTrouble.Network:
                return new ProviderDownException(words);
            case YtDlpTrouble.DiskFull:
                return new DiskFullException(words);
            case YtDlpTrouble.Outdated:
                var mend = $"yt-dlp is outdated: {YtDlpVersion.Mend}. Clips wait until then ({words})";
                await alerts.RaiseAsync(AlertRule, Provider, AlertLevel.Warning, mend, cancel);
                return new ProviderDownException(mend);
            default:
                return new ProcessFailedException(words, result);
        }
    }
}
