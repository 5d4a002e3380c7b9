using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Credentials;

/// <summary>Where the token file of an account lies: credentials/&lt;provider&gt;-&lt;account&gt;.json, all in lower case.</summary>
public sealed class CredentialFiles(LiveOptions options)
{
    /// <param name="provider">Twitch, YouTube.</param>
    /// <param name="account">Name of the account in the configuration.</param>
    public string PathOf(string provider, string account) =>
        PathIn(options.Value.Daemon.CredentialsDirectory, provider, account);

    internal static string PathIn(string directory, string provider, string account) =>
        Path.Combine(directory, $"{provider.ToLowerInvariant()}-{account.ToLowerInvariant()}.json");
}
