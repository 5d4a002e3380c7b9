using System.Net;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Answers the pages under known names only: any web page could otherwise point a name of its own at this machine and read
/// them with the eyes of whoever visits it.
/// </summary>
internal static class KnownHosts
{
    public static bool IsKnown(HostString host, WebOptions options) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Host.Trim('[', ']'), out _)
        || options.HostNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase);

    public static IApplicationBuilder UseKnownHosts(this IApplicationBuilder app, LiveOptions live) =>
        app.Use(
            (http, next) =>
            {
                if (IsKnown(http.Request.Host, live.Value.Web))
                    return next(http);
                http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
                return http.Response.WriteAsync(
                    $"This machine is not called '{http.Request.Host.Host}'. Call it by its address, or add the name to Web:Hosts.",
                    http.RequestAborted
                );
            }
        );
}
