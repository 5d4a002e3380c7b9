using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ShortsDaemon.Host.Health;

/// <summary>A report as it is sent; written once, however many ask.</summary>
internal sealed record HealthPage(HealthReport Report)
{
    /// <summary>UTF-8 JSON.</summary>
    public byte[] Body { get; } = HealthJson.Write(Report);
}

/// <summary>The pages of one look.</summary>
internal sealed class HealthPages(HealthReport report)
{
    /// <summary>Tag of the checks that work depends on.</summary>
    public const string ReadyTag = "ready";

    public HealthPage All { get; } = new(report);
    public HealthPage Ready { get; } = new(Only(report, ReadyTag));

    private static HealthReport Only(HealthReport report, string tag) =>
        new(report.Entries.Where(entry => entry.Value.Tags.Contains(tag)).ToDictionary(), report.TotalDuration);
}
