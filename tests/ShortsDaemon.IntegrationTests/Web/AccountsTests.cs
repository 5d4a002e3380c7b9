using NUnit.Framework;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>The file of accounts.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AccountsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accounts-");
    private readonly Accounts _accounts;

    public AccountsTests() =>
        _accounts = new Accounts(
            new LiveOptions(
                new ShortsOptions { Daemon = new DaemonOptions { CredentialsDirectory = _folder.FullName } }
            ),
            TimeProvider.System
        );

    private string File => Path.Combine(_folder.FullName, "accounts.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public async Task Passwords_are_kept_as_hashes_in_a_private_file()
    {
        await _accounts.SetAsync("ada", "a password of some length", CancellationToken.None);

        Assert.That(await System.IO.File.ReadAllTextAsync(File), Does.Not.Contain("a password").And.Contain("ada"));
        Assert.That(System.IO.File.GetUnixFileMode(File), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(_accounts.Check("Ada", "a password of some length")?.Name, Is.EqualTo("ada"));
        Assert.That(_accounts.Check("ada", "A password of some length"), Is.Null);
    }

    [Test]
    public async Task A_second_password_replaces_the_first()
    {
        await _accounts.SetAsync("ada", "a password of some length", CancellationToken.None);
        await _accounts.SetAsync("ADA", "another long password", CancellationToken.None);

        Assert.That(_accounts.ReadAll(), Has.Count.EqualTo(1));
        Assert.That(_accounts.Check("ada", "a password of some length"), Is.Null);
        Assert.That(_accounts.Check("ada", "another long password"), Is.Not.Null);
    }

    [Test]
    public async Task A_file_that_others_may_read_lets_nobody_in()
    {
        await _accounts.SetAsync("ada", "a password of some length", CancellationToken.None);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.That(
            () => _accounts.Check("ada", "a password of some length"),
            Throws.TypeOf<CredentialException>().With.Message.Contains("chmod 600")
        );
    }

    [Test]
    public async Task A_damaged_file_lets_nobody_in_and_says_so()
    {
        await _accounts.SetAsync("ada", "a password of some length", CancellationToken.None);
        await System.IO.File.WriteAllTextAsync(File, "[{");

        Assert.That(() => _accounts.Any, Throws.TypeOf<CredentialException>().With.Message.Contains("user add"));
    }
}
