using System.Net;
using Microsoft.AspNetCore.Authorization;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Who may enter: whoever is logged in; while there is no account, whoever sits at this machine. A request that a proxy has
/// passed on does not come from this machine, and a token that may only read changes nothing.
/// </summary>
internal sealed class RoomAccess(Accounts accounts) : AuthorizationHandler<RoomAccess.Requirement>
{
    // What a proxy adds; the last one is what remains when it is one of Web:Proxies.
    private static readonly string[] PassedOn = ["X-Forwarded-For", "Forwarded", "X-Original-For"];

    /// <summary>What pages ask for.</summary>
    internal sealed class Requirement : IAuthorizationRequirement;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        var http = context.Resource as HttpContext;
        if (
            context.User.Identity is { IsAuthenticated: true }
                ? TokenAuthentication.Allows(context.User, http?.Request.Method ?? "")
                : IsHere(http) && !accounts.Any
        )
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    /// <returns>Whether one of the addresses is reachable from other machines.</returns>
    public static bool IsOpen(DaemonOptions daemon) =>
        daemon
            .Urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(url => !IsLoopback(url));

    private static bool IsLoopback(string url) =>
        url.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase)
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback);

    private static bool IsHere(HttpContext? http) =>
        http is not null
        && (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !TokenAuthentication.IsTried(http)
        && !PassedOn.Any(http.Request.Headers.ContainsKey);
}
