using System.Text.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Names the Google project whose quotas are spent. Two channels with one client secret share it.</summary>
public static class YouTubeProject
{
    /// <returns>"YouTube/" and the project's number; "YouTube/unknown" as long as the client secret file cannot be read.</returns>
    public static string Of(YouTubeOptions options) =>
        ClientId(options.ClientSecretFile) is { } id ? OfClient(id) : "YouTube/unknown";

    /// <summary>A client id begins with the number of its project: 123456-abc.apps.googleusercontent.com.</summary>
    public static string OfClient(string clientId) => $"YouTube/{clientId.Split('-', '.')[0]}";

    private static string? ClientId(string file)
    {
        if (file.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var kind = document.RootElement.EnumerateObject().FirstOrDefault(p => p.Name is "installed" or "web");
            return kind.Value.GetProperty("client_id").GetString();
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
