using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>
/// The description of the API (OpenAPI), made from the endpoints themselves: a new one gives a summary and what it answers,
/// the rest is added here.
/// </summary>
internal static class ApiDescription
{
    private const string Problem = "Problem";
    private const string Cookie = "cookie";
    private const string Bearer = "bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) =>
        services
            // As the answers are written, see JsonOutput.
            .ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
                json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            })
            .AddOpenApi(
                "v1",
                api =>
                {
                    api.ShouldInclude = one =>
                        one.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
                    api.AddDocumentTransformer((document, _, _) => Complete(document));
                    api.AddOperationTransformer((operation, context, _) => Complete(operation, context));
                }
            );

    public static void Map(IEndpointRouteBuilder api) => api.MapOpenApi("/openapi.json");

    /// <summary>Tells which keys the query may have.</summary>
    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder endpoint, params string[] keys) =>
        endpoint.WithMetadata(new QueryKeys(keys));

    private static Task Complete(OpenApiDocument document)
    {
        document.Info = new() { Title = "ShortsDaemon", Version = "v1" };
        var parts = document.Components ??= new();
        parts.Responses = new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal) { [Problem] = Wrong() };
        parts.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Cookie] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = "shortsdaemon",
                Description = "Of a login at /login.",
            },
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token; scope read takes GET and HEAD, scope act takes all.",
            },
        };
        document.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(Cookie, document)] = [] },
            new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] },
        ];
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var keys = context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryKeys>().LastOrDefault();
        operation.Parameters ??= [];
        foreach (var key in keys?.All ?? [])
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    Name = key,
                    In = ParameterLocation.Query,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        var answers = operation.Responses ??= [];
        List<int> wrong = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];
        wrong.Add(StatusCodes.Status429TooManyRequests);
        if (keys is not null)
            wrong.Add(StatusCodes.Status400BadRequest);
        if (context.Description.RelativePath!.Contains('{', StringComparison.Ordinal))
            wrong.Add(StatusCodes.Status404NotFound);
        foreach (var status in wrong)
            answers.TryAdd($"{status}", new OpenApiResponseReference(Problem, context.Document));
        return Task.CompletedTask;
    }

    private static OpenApiResponse Wrong() =>
        new()
        {
            Description = "What went wrong (RFC 9457).",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                        {
                            ["title"] = Text("Of the status."),
                            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                            ["detail"] = Text("What went wrong."),
                            ["mend"] = Text("What to do about it."),
                        },
                    },
                },
            },
        };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private sealed record QueryKeys(IReadOnlyList<string> All);
}
