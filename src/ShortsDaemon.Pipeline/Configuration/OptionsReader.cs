using Microsoft.Extensions.Configuration;
using ShortsDaemon.Pipeline.Configuration.Checks;
using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>Turns the layers into checked options, or says everything that is wrong with them at once.</summary>
/// <param name="plugIns">What may stand in the Type of a source or destination.</param>
/// <param name="cronProblem">Says what is wrong with a cron expression; null when it is fine.</param>
/// <param name="currentDirectory">What a relative Daemon:DataDirectory is relative to; default: that of the process.</param>
public sealed class OptionsReader(
    PlugInOptions plugIns,
    Func<string, CronProblem?> cronProblem,
    string? currentDirectory = null
)
{
    private const string DataDirectoryKey = $"{nameof(ShortsOptions.Daemon)}:{nameof(DaemonOptions.DataDirectory)}";

    public OptionsReading Read(LayeredConfiguration configuration)
    {
        var problems = new ProblemList();
        var paths = Paths(configuration);
        var values = new ValueReader(configuration, paths, problems);
        var options = new ShortsOptions();
        new ObjectReader(configuration, plugIns, values, problems).Fill(options, configuration.Root, "");
        StorageCheck.MakeAbsolute(options.Storage, paths, problems);
        UrlCheck.Look(options.Daemon, problems);
        TelemetryCheck.Look(options.Telemetry, problems);
        WebCheck.Look(options.Web, problems);
        RangeCheck.Look(options, problems);
        var crons = new CronCheck(cronProblem, problems);
        crons.Look(options);
        new ChannelCheck(crons, problems).Look(options);
        PostingCheck.Look(options, problems);
        RenderCheck.Look(options, problems);
        FolderCheck.Look(options, problems);
        TwitchCheck.Look(options, problems);
        YouTubeCheck.Look(options, problems);
        AlertsCheck.Look(options, problems);
        return OptionsReading.Of(options, problems.InOrder()) with { Layers = configuration };
    }

    private PathResolver Paths(LayeredConfiguration configuration)
    {
        var current = currentDirectory ?? Environment.CurrentDirectory;
        var written = configuration.Root[DataDirectoryKey] ?? new DaemonOptions().DataDirectory;
        var before = new PathResolver(current, current);
        var rule = new RelativePathAttribute(PathBase.CurrentDirectory);
        var data = before.TryResolve(written, rule, configuration.OriginOf(DataDirectoryKey));
        return new(current, string.IsNullOrEmpty(data) ? current : data);
    }
}
