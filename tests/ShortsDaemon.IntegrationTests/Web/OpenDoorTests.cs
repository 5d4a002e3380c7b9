using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.IntegrationTests.Daemon;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The daemon itself does not let the network in unasked.</summary>
public sealed class OpenDoorTests
{
    [Test]
    public async Task It_does_not_listen_to_the_network_without_an_account()
    {
        await using var sandbox = new Sandbox();
        sandbox.Config["Daemon"]!["Urls"] = "http://127.0.0.1:0;http://0.0.0.0:0";
        sandbox.Save();

        var daemon = sandbox.Start();

        Assert.That(await daemon.EndAsync(), Is.EqualTo(ExitCode.Usage));
        Assert.That(daemon.Log, Does.Contain("user add NAME").And.Contain("Web:Enabled"));
        Assert.That(File.Exists(sandbox.DatabaseFile), Is.False, "nothing was begun");
    }

    [Test]
    public async Task Nor_with_a_file_of_accounts_that_others_may_read()
    {
        await using var sandbox = new Sandbox();
        var credentials = Directory.CreateDirectory(Path.Combine(sandbox.Root, "credentials")).FullName;
        var file = Path.Combine(credentials, "accounts.json");
        await File.WriteAllTextAsync(file, "[]");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        sandbox.Config["Daemon"]!["Urls"] = "http://127.0.0.1:0;http://0.0.0.0:0";
        sandbox.Config["Daemon"]!["CredentialsDirectory"] = credentials;
        sandbox.Save();

        var daemon = sandbox.Start();

        Assert.That(await daemon.EndAsync(), Is.EqualTo(ExitCode.Usage));
        Assert.That(daemon.Log, Does.Contain($"chmod 600 '{file}'").And.Not.Contain("   at "));
    }
}
