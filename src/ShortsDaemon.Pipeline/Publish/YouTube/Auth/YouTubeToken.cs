using System.Text.Json;
using System.Text.Json.Serialization;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>The login of one account, as kept in its token file.</summary>
public sealed record YouTubeToken
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string RefreshToken { get; init; }

    /// <summary>When this refresh token was given out.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>When the refresh token ends, if Google has said so: it does for apps in testing. Null: not known to end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? AccessToken { get; init; }
    public DateTimeOffset? AccessTokenIssuedAt { get; init; }
    public DateTimeOffset? AccessTokenExpiresAt { get; init; }

    /// <summary>Granted scopes, separated by blanks.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Id of the channel it uploads to (UC…).</summary>
    public string ChannelId { get; init; } = "";
    public string ChannelTitle { get; init; } = "";

    /// <summary>The client that the login was made with; it works with no other.</summary>
    public required string ClientId { get; init; }

    /// <summary>Its secret, when it is not the one in the client secret file.</summary>
    public string? ClientSecret { get; init; }

    /// <exception cref="CredentialException">Missing, broken, or others may read it.</exception>
    public static async Task<YouTubeToken> ReadAsync(string path, string account, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new CredentialException($"There is no YouTube login '{account}'. {Mend(account)}");
        var text = await SecretFile.ReadAsync(path, cancel);
        try
        {
            if (JsonSerializer.Deserialize<YouTubeToken>(text, Format) is { } token)
                return token;
        }
        catch (JsonException)
        {
            // Said below, without the text: it may hold half a secret.
        }
        throw new CredentialException($"'{path}' is no token file. {Mend(account)}");
    }

    public Task WriteAsync(string path, CancellationToken cancel) =>
        SecretFile.WriteAsync(path, JsonSerializer.Serialize(this, Format) + "\n", cancel);

    /// <summary>It was made with the right to send subtitles.</summary>
    public bool MaySendSubtitles() => GoogleFlow.Missing(Scope, [GoogleFlow.SubtitlesScope]).Count == 0;

    /// <summary>The command that makes a new login.</summary>
    public static string Mend(string account) => $"Log in with: ShortsDaemon auth youtube {account}";

    // A record prints its properties, and these are secrets.
    public override string ToString() => $"login of channel {ChannelId}";
}
