using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World;

/// <summary>What a route is called in fault scripts and in the log of calls, for instance youtube.upload.chunk.</summary>
public sealed record Operation(string Name);

/// <summary>The same for a route whose requests are not all the same operation.</summary>
internal sealed record VaryingOperation(Func<HttpRequest, string> NameOf);

public static class OperationNames
{
    /// <summary>Names a route.</summary>
    public static TBuilder Called<TBuilder>(this TBuilder route, string operation)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Operation(operation));

    /// <summary>Names the requests of a route, each by itself.</summary>
    internal static TBuilder Called<TBuilder>(this TBuilder route, Func<HttpRequest, string> operation)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new VaryingOperation(operation));

    /// <returns>The name of the route that a request goes to; its path when it goes to none.</returns>
    public static string OperationName(this HttpContext http)
    {
        var route = http.GetEndpoint()?.Metadata;
        return route?.GetMetadata<Operation>()?.Name
            ?? route?.GetMetadata<VaryingOperation>()?.NameOf(http.Request)
            ?? http.Request.Path.ToString();
    }
}
