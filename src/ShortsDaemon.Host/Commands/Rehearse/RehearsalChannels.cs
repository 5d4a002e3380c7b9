using System.Text.Json;

namespace ShortsDaemon.Host.Commands.Rehearse;

/// <summary>What is rehearsed when nobody names a configuration: two channels, two YouTube accounts, three broadcasters.</summary>
internal static class RehearsalChannels
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static string Json() => JsonSerializer.Serialize(new { Channels = All() }, Format);

    private static Dictionary<string, object> All() =>
        new()
        {
            // The channel of appsettings.json has no part in this.
            ["inbox"] = new { Enabled = false },
            ["arcade"] = Channel("first", "Europe/Berlin", "pixel_paula", "turbo_tom"),
            ["speedruns"] = Channel("second", "America/New_York", "rapid_rita"),
        };

    private static object Channel(string account, string zone, params string[] logins) =>
        new
        {
            TimeZone = zone,
            Schedule = new[] { "0 0/15 * * * ?" },
            Sources = logins.Select(login => new
            {
                Type = "TwitchClips",
                Login = login,
                Account = login,
            }),
            Selection = new { MaxPerRun = 2 },
            Destinations = new[]
            {
                new
                {
                    Type = "YouTube",
                    Credentials = account,
                    Privacy = "Public",
                    MaxPerDay = 50,
                    Title = "{title} | {broadcaster}",
                    Tags = new[] { "{game}", "shorts" },
                },
            },
        };
}
