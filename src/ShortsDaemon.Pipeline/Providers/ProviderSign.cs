using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Providers;

/// <summary>What the end of a call tells about the provider, as against the call.</summary>
internal enum ProviderSign
{
    /// <summary>It answered, if only to refuse.</summary>
    Works,

    /// <summary>It is down: 5xx, no answer in time, no connection, no name, no TLS.</summary>
    Down,

    /// <summary>Nothing: the trouble was on this side.</summary>
    Unknown,
}

internal static class ProviderSigns
{
    public static ProviderSign Of(Exception exception, CancellationToken cancel) =>
        exception switch
        {
            _ when cancel.IsCancellationRequested => ProviderSign.Unknown,
            ProviderDownException or TimeoutException or OperationCanceledException => ProviderSign.Down,
            HttpRequestException { StatusCode: { } status } => Of(status),
            HttpRequestException or HttpIOException or SocketException or AuthenticationException => ProviderSign.Down,
            IOException { InnerException: SocketException } => ProviderSign.Down,
            FileNotFoundException => ProviderSign.Works,
            IOException or UnauthorizedAccessException or UnavailableException => ProviderSign.Unknown,
            ToolMissingException or DbUpdateException or SqliteException => ProviderSign.Unknown,
            // Of one clip it tells nothing; of several in a row that the platform has changed and the tool has not.
            ProcessFailedException => ProviderSign.Down,
            _ => ProviderSign.Works,
        };

    /// <summary>Who says "too many requests" works; the budget of that platform sees to the pause.</summary>
    public static ProviderSign Of(HttpStatusCode status) => (int)status >= 500 ? ProviderSign.Down : ProviderSign.Works;
}
