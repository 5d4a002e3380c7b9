using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Twitch;

/// <summary>Answers in Twitch's forms.</summary>
internal static class TwitchAnswers
{
    private static readonly JsonSerializerOptions Snake = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static IResult Json(object value) => Results.Json(value, Snake);

    public static IResult Data(IEnumerable<object> items) => Json(new { Data = items });

    /// <summary>Helix' form.</summary>
    public static IResult HelixError(int status, string message) =>
        Results.Json(
            new
            {
                error = Reason(status),
                status,
                message,
            },
            statusCode: status
        );

    /// <summary>The form of the host that gives out tokens.</summary>
    public static IResult AuthError(int status, string message) =>
        Results.Json(new { status, message }, statusCode: status);

    private static string Reason(int status) =>
        status switch
        {
            400 => "Bad Request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not Found",
            429 => "Too Many Requests",
            _ => "Error",
        };
}
