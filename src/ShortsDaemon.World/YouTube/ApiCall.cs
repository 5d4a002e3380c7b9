using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>One request with a good token.</summary>
internal sealed class ApiCall(HttpContext http, Grant grant, Channel? channel)
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public HttpContext Http => http;
    public GoogleProject Project => grant.Project;

    /// <summary>Null: the user has none.</summary>
    public Channel? MaybeChannel => channel;

    public Channel Channel => channel ?? throw new ApiException(ApiRefusal.NoChannel);

    public string? Query(string name) => http.Request.Query[name].FirstOrDefault();

    /// <returns>The values of a parameter that may be given several times and with commas.</returns>
    public IReadOnlyList<string> Values(string name) =>
        [
            .. http
                .Request.Query[name]
                .SelectMany(v =>
                    (v ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                )
                .Distinct(StringComparer.Ordinal),
        ];

    /// <returns>The parts asked for; a missing or unknown one is refused.</returns>
    public IReadOnlyList<string> Parts(params IReadOnlyCollection<string> known)
    {
        var parts = Values("part");
        if (parts.Count == 0)
            throw new ApiException(ApiRefusal.BadRequest("missingRequiredParameter", "Required parameter: part"));
        if (parts.Except(known).FirstOrDefault() is { } odd)
            throw new ApiException(new ApiRefusal(400, "unknownPart", $"Unknown part '{odd}'.", "youtube.part"));
        return parts;
    }

    /// <summary>Reads a body that may be gzipped. A member that the API does not know is refused, as a typing slip would hide else.</summary>
    public async Task<T> ReadAsync<T>()
        where T : class
    {
        var body = http.Request.Body;
        await using var plain = http
            .Request.Headers.ContentEncoding.ToString()
            .Contains("gzip", StringComparison.Ordinal)
            ? new GZipStream(body, CompressionMode.Decompress, leaveOpen: true)
            : body;
        return await ReadAsync<T>(plain);
    }

    /// <summary>The same from a part of the body.</summary>
    public async Task<T> ReadAsync<T>(Stream json)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(json, Strict, http.RequestAborted)
                ?? throw new ApiException(ApiRefusal.BadRequest("parseError", "The body is empty."));
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new ApiException(ApiRefusal.BadRequest("parseError", $"Invalid JSON payload received. {e.Message}"));
        }
    }

    public Task AnswerAsync(JsonObject body)
    {
        http.Response.ContentType = "application/json; charset=UTF-8";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
