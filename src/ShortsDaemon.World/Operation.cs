using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World;

/// <summary>What a route is called in fault scripts and in the log of calls, for instance youtube.upload.chunk.</summary>
public sealed record Operation(string Name);

public static class OperationNames
{
    /// <summary>Names a route.</summary>
    public static TBuilder Called<TBuilder>(this TBuilder route, string operation)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Operation(operation));

    /// <returns>The name of the route that a request goes to; its path when it goes to none.</returns>
    public static string OperationName(this HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Name ?? http.Request.Path.ToString();
}
