using Google.Apis.Auth.OAuth2;
using Newtonsoft.Json;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>The program as Google knows it.</summary>
/// <param name="Id">Client id.</param>
/// <param name="Secret">Client secret.</param>
public sealed record GoogleClient(string Id, string Secret)
{
    /// <summary>The Google project, whose quota it is: what the client id begins with.</summary>
    public string Project => YouTubeProject.OfClient(Id);

    internal ClientSecrets Secrets => new() { ClientId = Id, ClientSecret = Secret };

    /// <param name="path">The client secret file, as Google's console gives it out.</param>
    /// <exception cref="CredentialException">Missing, broken, or others may read it.</exception>
    public static async Task<GoogleClient> ReadAsync(string path, CancellationToken cancel)
    {
        if (path.Length == 0)
            throw new CredentialException(
                "YouTube:ClientSecretFile is not set. Download the client secret file of your Google project and name it there."
            );
        var text = await SecretFile.ReadAsync(path, cancel);
        try
        {
            var file = JsonConvert.DeserializeObject<Content>(text);
            if ((file?.Installed ?? file?.Web) is { ClientId: { Length: > 0 } id } found)
                return new GoogleClient(id, found.ClientSecret ?? "");
        }
        catch (JsonException)
        {
            // Said below, without the text: it may hold half a secret.
        }
        throw new CredentialException(
            $"'{path}' is no client secret file. Download it anew from Google's console: a client of the kind \"Desktop app\"."
        );
    }

    public override string ToString() => Id;

    private sealed record Content
    {
        [JsonProperty("installed")]
        public Entry? Installed { get; set; }

        [JsonProperty("web")]
        public Entry? Web { get; set; }
    }

    private sealed record Entry
    {
        [JsonProperty("client_id")]
        public string? ClientId { get; set; }

        [JsonProperty("client_secret")]
        public string? ClientSecret { get; set; }
    }
}
