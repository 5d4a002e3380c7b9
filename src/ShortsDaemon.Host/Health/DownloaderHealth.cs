using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

namespace ShortsDaemon.Host.Health;

/// <summary>Is yt-dlp there, and young enough, where a channel needs it?</summary>
internal sealed class DownloaderHealth(LiveOptions live, ToolVersions versions) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!ClipDownload.NeedsYtDlp(live.Value))
            return HealthCheckResult.Healthy("No channel needs yt-dlp");
        var answer = await versions.OfAsync(ToolVersions.YtDlp, live.Value.Tools.YtDlp, cancellationToken);
        if (answer.Version is not { } version)
            return HealthCheckResult.Degraded($"Clips cannot be downloaded: {answer.Problem}.");
        var data = new Dictionary<string, object> { ["ytDlpVersion"] = version };
        return YtDlpVersion.DayOf(version) < YtDlpVersion.Oldest
            ? HealthCheckResult.Degraded($"yt-dlp {version} is too old to rely on: {YtDlpVersion.Mend}.", data: data)
            : HealthCheckResult.Healthy($"Clips are downloaded by yt-dlp {version}", data);
    }
}
