using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Pipeline.Credentials;

/// <summary>Where the token file of an account lies: credentials/&lt;provider&gt;-&lt;account&gt;.json, all in lower case.</summary>
public sealed class CredentialFiles(LiveOptions options)
{
    /// <param name="provider">Twitch, YouTube.</param>
    /// <param name="account">Name of the account in the configuration.</param>
    public string PathOf(string provider, string account) => PathOf(options.Value.Daemon, provider, account);

    /// <summary>The same for a configuration that is not the one in force.</summary>
    public static string PathOf(DaemonOptions daemon, string provider, string account) =>
        Path.Combine(daemon.CredentialsDirectory, $"{provider.ToLowerInvariant()}-{account.ToLowerInvariant()}.json");
}
