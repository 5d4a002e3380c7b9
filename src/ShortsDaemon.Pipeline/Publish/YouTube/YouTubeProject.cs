using System.Collections.Concurrent;
using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Names the Google project whose quotas are spent. Two channels with one client secret share it.</summary>
public static class YouTubeProject
{
    private const string Unknown = "YouTube/unknown";

    // Asked for with every look at a slot, for every destination; the files change once a month.
    private static readonly ConcurrentDictionary<string, Reading> Known = new(StringComparer.Ordinal);

    /// <returns>"YouTube/" and the project's number; "YouTube/unknown" as long as the client secret file cannot be read.</returns>
    public static string Of(YouTubeOptions options) =>
        ClientId(options.ClientSecretFile, InSecret) is { } id ? OfClient(id) : Unknown;

    /// <summary>The project of an account: that of the client it was logged in with, which may be another than the configured one.</summary>
    /// <param name="options">Tell where its token file lies.</param>
    /// <param name="account">Its name.</param>
    /// <returns>As <see cref="Of(YouTubeOptions)"/>, which it is as long as there is no login.</returns>
    public static string Of(ShortsOptions options, string account)
    {
        var token = CredentialFiles.PathOf(options.Daemon, "YouTube", account);
        return ClientId(token, InToken) is { } id ? OfClient(id) : Of(options.YouTube);
    }

    /// <summary>A client id begins with the number of its project: 123456-abc.apps.googleusercontent.com.</summary>
    public static string OfClient(string clientId) => $"YouTube/{clientId.Split('-', '.')[0]}";

    private static string? InSecret(JsonElement file)
    {
        var kind = file.EnumerateObject().FirstOrDefault(p => p.Name is "installed" or "web");
        return kind.Value.GetProperty("client_id").GetString();
    }

    private static string? InToken(JsonElement file) => file.GetProperty("clientId").GetString();

    private static string? ClientId(string path, Func<JsonElement, string?> find)
    {
        var file = path.Length > 0 ? new FileInfo(path) : null;
        if (file is not { Exists: true })
            return null;
        var (written, length) = (file.LastWriteTimeUtc, file.Length);
        if (Known.TryGetValue(path, out var known) && known.Written == written && known.Length == length)
            return known.ClientId;
        var id = Read(path, find);
        Known[path] = new Reading(written, length, id);
        return id;
    }

    private static string? Read(string path, Func<JsonElement, string?> find)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return find(document.RootElement) is { Length: > 0 } id ? id : null;
        }
        // Whoever logs in with it says what is wrong with it; here only the name is wanted.
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            return null;
        }
    }

    private sealed record Reading(DateTime Written, long Length, string? ClientId);
}
