using System.Text.Json;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Names the Google project whose quotas are spent. Two channels with one client secret share it.</summary>
public static class YouTubeProject
{
    /// <summary>The project of a login: a login that was taken over may have brought a client of its own.</summary>
    /// <returns>That of the client secret file as long as the login cannot be read.</returns>
    public static string Of(ShortsOptions options, string account)
    {
        var login = CredentialFiles.PathOf(options.Daemon, "YouTube", account);
        return Read(login, root => root.GetProperty("clientId").GetString()) is { } id
            ? OfClient(id)
            : Of(options.YouTube);
    }

    /// <returns>"YouTube/" and the project's number; "YouTube/unknown" as long as the client secret file cannot be read.</returns>
    public static string Of(YouTubeOptions options) =>
        ClientId(options.ClientSecretFile) is { } id ? OfClient(id) : "YouTube/unknown";

    /// <summary>A client id begins with the number of its project: 123456-abc.apps.googleusercontent.com.</summary>
    public static string OfClient(string clientId) => $"YouTube/{clientId.Split('-', '.')[0]}";

    private static string? ClientId(string file) =>
        Read(
            file,
            root =>
                root.EnumerateObject()
                    .FirstOrDefault(p => p.Name is "installed" or "web")
                    .Value.GetProperty("client_id")
                    .GetString()
        );

    private static string? Read(string file, Func<JsonElement, string?> find)
    {
        if (file.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return find(document.RootElement);
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
}
