using System.ComponentModel.DataAnnotations;
using System.Net;

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

    /// <summary>
    /// Proxies that are believed what they say of the client (X-Forwarded-For, X-Forwarded-Proto): addresses, or networks
    /// like 10.0.0.0/8.
    /// </summary>
    public List<string> Proxies { get; init; } = [];

    /// <summary>As many requests as a client may send at once, and again within a minute.</summary>
    [Range(10, 1000000), NeedsRestart]
    public int RequestsPerMinute { get; init; } = 1200;

    /// <summary>As many pages and programs of a client as may be kept up to date at the same time.</summary>
    [Range(1, 10000), NeedsRestart]
    public int StreamsPerClient { get; init; } = 20;

    /// <summary><see cref="Proxies"/>; an address is a network of its own.</summary>
    public IReadOnlyCollection<IPNetwork> ProxyNetworks => [.. Proxies.Select(NetworkOf).OfType<IPNetwork>()];

    /// <returns>Null: it is neither an address nor a network.</returns>
    public static IPNetwork? NetworkOf(string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return IPNetwork.TryParse(proxy, out var network) ? network : null;
    }

    /// <summary><see cref="Hosts"/> name by name.</summary>
    public IReadOnlyCollection<string> HostNames =>
        Hosts.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
