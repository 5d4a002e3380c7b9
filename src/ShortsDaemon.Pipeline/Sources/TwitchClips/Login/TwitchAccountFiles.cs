using System.Text.Json;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>The token files credentials/twitch-&lt;account&gt;.json.</summary>
public sealed class TwitchAccountFiles(CredentialFiles files)
{
    public const string Provider = "Twitch";

    private static readonly JsonSerializerOptions Format = new(TwitchHttp.Json) { WriteIndented = true };

    public static string Mend(string account) => $"Run: ShortsDaemon auth twitch {account}";

    public string PathOf(string account) => files.PathOf(Provider, account);

    /// <exception cref="CredentialException">It is missing, open to others or no token file; the message says how to mend it.</exception>
    public async Task<TwitchAccount> ReadAsync(string account, CancellationToken cancel)
    {
        var path = PathOf(account);
        if (!File.Exists(path))
            throw new CredentialException($"Twitch account '{account}' has no login yet ('{path}'). {Mend(account)}");
        var text = await SecretFile.ReadAsync(path, cancel);
        try
        {
            return JsonSerializer.Deserialize<TwitchAccount>(text, Format) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // Its message might quote what stands in the file.
            throw new CredentialException($"'{path}' is not a token file of Twitch. {Mend(account)}");
        }
    }

    public Task WriteAsync(string account, TwitchAccount content, CancellationToken cancel) =>
        SecretFile.WriteAsync(PathOf(account), JsonSerializer.Serialize(content, Format), cancel);
}
