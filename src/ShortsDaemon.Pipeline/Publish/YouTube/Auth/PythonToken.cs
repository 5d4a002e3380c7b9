using System.Text.Json;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>A login that a Python program has kept (google-auth's to_json, with or without "type": "authorized_user").</summary>
public sealed record PythonToken(string RefreshToken, string ClientId, string ClientSecret, string? Scope)
{
    /// <exception cref="CredentialException">No such file, or something is missing in it.</exception>
    public static async Task<PythonToken> ReadAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new CredentialException($"'{path}' does not exist");
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancel));
            return new PythonToken(
                Need(json, "refresh_token", path),
                Need(json, "client_id", path),
                Need(json, "client_secret", path),
                Scopes(json)
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Without the reason: it may quote half a secret.
            throw new CredentialException($"'{path}' is no token file of a Python program");
        }
    }

    // A record prints its properties, and these are secrets.
    public override string ToString() => $"login of client {ClientId}";

    private static string Need(JsonDocument json, string key, string path) =>
        json.RootElement.TryGetProperty(key, out var value) && value.GetString() is { Length: > 0 } text
            ? text
            : throw new CredentialException($"'{path}' has no {key}; without it the login cannot be used here");

    private static string? Scopes(JsonDocument json)
    {
        if (!json.RootElement.TryGetProperty("scopes", out var scopes))
            return null;
        return scopes.ValueKind == JsonValueKind.Array
            ? string.Join(' ', scopes.EnumerateArray().Select(s => s.GetString()))
            : scopes.GetString();
    }
}
