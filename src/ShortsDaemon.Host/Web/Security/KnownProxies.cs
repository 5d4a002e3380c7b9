using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Takes the client's address and whether it came by HTTPS from X-Forwarded-For and X-Forwarded-Proto, when one of
/// Web:Proxies says so. Anybody can write these headers, so from others they are left alone.
/// </summary>
internal static class KnownProxies
{
    public static IApplicationBuilder UseKnownProxies(this IApplicationBuilder app, LiveOptions live) =>
        app.Use(next =>
        {
            var door = Door(app, live.Value.Web, next);
            live.Changed += options => door = Door(app, options.Web, next);
            return http => door(http);
        });

    // The framework's middleware without any proxy believes everybody.
    private static RequestDelegate Door(IApplicationBuilder app, WebOptions web, RequestDelegate next)
    {
        var networks = web.ProxyNetworks;
        if (networks.Count == 0)
            return next;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // From the last proxy back to the first that is not ours.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        var logs = app.ApplicationServices.GetRequiredService<ILoggerFactory>();
        return new ForwardedHeadersMiddleware(next, logs, Options.Create(options)).Invoke;
    }
}
