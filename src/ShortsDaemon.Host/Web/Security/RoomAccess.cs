using System.Net;
using Microsoft.AspNetCore.Authorization;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Who may enter: whoever is logged in; while there is no account, whoever sits at this machine. A request that a proxy has
/// passed on does not come from this machine.
/// </summary>
internal sealed class RoomAccess(Accounts accounts) : AuthorizationHandler<RoomAccess.Requirement>
{
    /// <summary>What pages ask for.</summary>
    internal sealed class Requirement : IAuthorizationRequirement;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (
            context.User.Identity is { IsAuthenticated: true }
            || (IsHere(context.Resource as HttpContext) && !accounts.Any)
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
        && !http.Request.Headers.ContainsKey("X-Forwarded-For")
        && !http.Request.Headers.ContainsKey("Forwarded");
}
