using System.ComponentModel.DataAnnotations;

namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>The control room: the pages on <see cref="DaemonOptions.Urls"/>.</summary>
public sealed class WebOptions
{
    /// <summary>Off: only health and metrics are answered.</summary>
    [NeedsRestart]
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Names by which browsers may call the pages, separated by ';', besides localhost and the addresses of this machine.
    /// Under any other name they are refused: a page from elsewhere could otherwise give this machine a name of its own.
    /// </summary>
    public string Hosts { get; init; } = "";

    /// <summary>After so many hours without a request one has to log in again.</summary>
    [Range(0.1, 720), NeedsRestart]
    public double SessionHours { get; init; } = 12;

    /// <summary>Largest recording that may be uploaded, in MiB.</summary>
    [Range(1, 1_000_000)]
    public int MaxUploadMiB { get; init; } = 4096;

    /// <summary>An upload that nobody goes on with for so many hours is removed.</summary>
    [Range(1, 8760)]
    public double UploadHours { get; init; } = 24;

    /// <summary><see cref="Hosts"/> name by name.</summary>
    public IReadOnlyCollection<string> HostNames =>
        Hosts.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
