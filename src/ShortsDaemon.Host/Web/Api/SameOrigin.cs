using ShortsDaemon.Host.Web.Security;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>
/// Changes are taken from programs and from the pages of this room, not from pages of somebody else that a browser here has
/// open. A browser says where a request comes from, and no page can keep it from saying so; unlike a token in a form this
/// asks nothing of scripts. A program with a token is no browser. See docs/control-room-api.md.
/// </summary>
internal static class SameOrigin
{
    public static ValueTask<object?> RequireAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    ) =>
        TokenAuthentication.IsToken(context.HttpContext.User) || IsFine(context.HttpContext.Request)
            ? next(context)
            : ValueTask.FromResult<object?>(
                ApiProblem.Of(
                    StatusCodes.Status403Forbidden,
                    "The request comes from a page of somebody else.",
                    "Send it from a program, or from a page of this address."
                )
            );

    private static bool IsFine(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" or "none" => true,
            // No browser; an old one; or one that calls another machine without TLS.
            "" => IsOwn(request.Headers.Origin.ToString(), request.Host),
            _ => false,
        };
    }

    // A program sends none. "null" is a page that hides where it comes from.
    private static bool IsOwn(string origin, HostString host) =>
        origin.Length == 0
        || (
            Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && from.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase)
        );
}
