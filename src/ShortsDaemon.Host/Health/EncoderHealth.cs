using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Host.Health;

/// <summary>Are ffmpeg and ffprobe there, and does an encoder work?</summary>
internal sealed class EncoderHealth(Func<ToolPaths> tools, ToolVersions versions, EncoderSelection encoders)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var paths = tools();
        var ffmpeg = versions.OfAsync("ffmpeg", paths.FFmpeg, cancellationToken);
        var ffprobe = versions.OfAsync("ffprobe", paths.FFprobe, cancellationToken);
        var report = encoders.Report;
        var data = Data(report, await ffmpeg, await ffprobe);
        string[] missing = [.. new[] { await ffmpeg, await ffprobe }.Select(tool => tool.Problem).OfType<string>()];
        return missing.Length > 0
            ? HealthCheckResult.Unhealthy(string.Join(" ", missing.Select(what => what + ".")), data: data)
            : Look(report, data);
    }

    private HealthCheckResult Look(IReadOnlyList<EncoderState> report, Dictionary<string, object> data)
    {
        var chosen = report.FirstOrDefault(encoder => encoder.Chosen);
        if (chosen is null)
            return HealthCheckResult.Unhealthy(WhyNone(report), data: data);
        var uses = $"Shorts are encoded by {chosen.Name}";
        var demoted = report.Where(encoder => encoder.DemotedUntil is not null).ToList();
        if (demoted.Count > 0)
            return HealthCheckResult.Degraded(
                $"{string.Join(" ", demoted.Select(Demotion))} {uses} meanwhile.",
                data: data
            );
        return HealthCheckResult.Healthy(string.Join(". ", [uses, .. encoders.Problems]), data);
    }

    private static string WhyNone(IReadOnlyList<EncoderState> report) =>
        report.All(encoder => encoder.IsTried)
            ? "No H.264 encoder works, no Short can be made. Install an ffmpeg with libx264, or mend what is said here: "
                + string.Join("; ", report.Select(encoder => $"{encoder.Name}: {encoder.Reason}"))
            : "The encoders have not been tried yet; that takes some seconds after the first start.";

    private static string Demotion(EncoderState encoder) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{encoder.Name} is left out until {encoder.DemotedUntil:yyyy-MM-dd HH:mm:ss} UTC, then tried again: {encoder.Reason}. Look at its driver and device."
        );

    private static Dictionary<string, object> Data(
        IReadOnlyList<EncoderState> report,
        ToolVersion ffmpeg,
        ToolVersion ffprobe
    )
    {
        var data = report.ToDictionary(
            encoder => encoder.Name,
            object (encoder) => encoder.Works ? "works" : encoder.Reason
        );
        if (report.FirstOrDefault(encoder => encoder.Chosen) is { } chosen)
            data["encoder"] = chosen.Name;
        if (ffmpeg.Version is { } one)
            data["ffmpegVersion"] = one;
        if (ffprobe.Version is { } other)
            data["ffprobeVersion"] = other;
        return data;
    }
}
