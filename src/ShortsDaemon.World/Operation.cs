using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World;

/// <summary>What a route is called in fault scripts and in the log of calls, for instance youtube.upload.chunk.</summary>
public sealed record Operation(string Name);

/// <summary>The same for a route whose requests are not all the same operation.</summary>
internal sealed record VaryingOperation(Func<HttpRequest, string> NameOf, IReadOnlyList<string> Names);

public static class OperationNames
{
    /// <summary>Names a route.</summary>
    public static TBuilder Called<TBuilder>(this TBuilder route, string operation)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Operation(operation));

    /// <returns>The name of the route that a request goes to; its path when it goes to none.</returns>
    public static string OperationName(this HttpContext http)
    {
        var route = http.GetEndpoint()?.Metadata;
        return route?.GetMetadata<Operation>()?.Name
            ?? route?.GetMetadata<VaryingOperation>()?.NameOf(http.Request)
            ?? http.Request.Path.ToString();
    }

    /// <summary>Names the requests of a route, each by itself.</summary>
    internal static TBuilder Called<TBuilder>(
        this TBuilder route,
        Func<HttpRequest, string> operation,
        params IReadOnlyList<string> names
    )
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new VaryingOperation(operation, names));

    /// <returns>Every name that a request of this route can have.</returns>
    internal static IReadOnlyList<string> Operations(this EndpointMetadataCollection route) =>
        route.GetMetadata<Operation>() is { } one ? [one.Name] : route.GetMetadata<VaryingOperation>()?.Names ?? [];
}
