using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The description of the API has every address and method, and says of each what it does and answers.</summary>
public sealed class ApiDescriptionTests
{
    private const string Own = "/api/v1/openapi.json";

    [Test]
    public async Task It_has_every_endpoint_and_nothing_else()
    {
        await using var room = await Room.OpenAsync();
        var document = (await room.Browser.GetFromJsonAsync<JsonObject>(Own))!;
        var operations = document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(one => (Name: $"{one.Key.ToUpperInvariant()} {path.Key}", one.Value))
            )
            .ToList();

        var mapped = room
            .Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.RoutePattern.RawText != Own
            )
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {Plain(e)}"))
            .ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(operations.Select(one => one.Name), Is.EquivalentTo(mapped));
            foreach (var (name, operation) in operations)
            {
                Assert.That((string?)operation!["summary"], Is.Not.Null.And.Not.Empty, name);
                var answers = operation["responses"]!.AsObject();
                Assert.That(answers.Count(answer => answer.Key[0] == '2'), Is.GreaterThan(0), name);
                foreach (var status in (string[])["401", "403", "429"])
                    Assert.That((string?)answers[status]?["$ref"], Is.EqualTo("#/components/responses/Problem"), name);
                foreach (
                    Match part in Regex.Matches(name, "{(?<part>[^}]+)}", RegexOptions.None, TimeSpan.FromSeconds(1))
                )
                    Assert.That(
                        operation["parameters"]!.AsArray().Select(p => (string?)p!["name"]),
                        Does.Contain(part.Groups["part"].Value),
                        name
                    );
            }
        }
        Assert.That(
            document["components"]!["responses"]!["Problem"]!["content"]!["application/problem+json"],
            Is.Not.Null
        );
        Assert.That(
            document["components"]!["securitySchemes"]!.AsObject().Select(s => s.Key),
            Is.EquivalentTo((string[])["cookie", "bearer"])
        );
        Assert.That(
            document["security"]!.AsArray().Select(s => s!.AsObject().Single().Key),
            Is.EquivalentTo((string[])["cookie", "bearer"])
        );
        var items = operations.Single(one => one.Name == "GET /api/v1/items").Value!;
        Assert.That(items["parameters"]!.AsArray().Select(p => (string?)p!["name"]), Does.Contain("before"));
        Assert.That(items.ToJsonString(), Does.Contain("ItemsAnswer"));
    }

    // {**scope} and {id:long} are {scope} and {id} there.
    private static string Plain(RouteEndpoint endpoint) =>
        Regex.Replace(
            endpoint.RoutePattern.RawText!.TrimEnd('/'),
            @"{\**(?<part>[^}:]+)[^}]*}",
            "{${part}}",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
