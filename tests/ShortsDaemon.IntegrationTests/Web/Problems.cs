using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>Reads what an answer complains of.</summary>
internal static class Problems
{
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(expected), body);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        return JsonSerializer.Deserialize<JsonObject>(body)!;
    }
}
