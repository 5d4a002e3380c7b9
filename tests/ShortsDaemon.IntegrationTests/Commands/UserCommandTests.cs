using NUnit.Framework;
using ShortsDaemon.Host;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>The command user of the built program.</summary>
public sealed class UserCommandTests
{
    private Sandbox _sandbox = null!;

    [SetUp]
    public void MakeSandbox()
    {
        _sandbox = new Sandbox();
        _sandbox.Environment["Daemon__CredentialsDirectory"] = Path.Combine(_sandbox.Root, "credentials");
    }

    [TearDown]
    public void RemoveSandbox() => _sandbox.Dispose();

    [Test]
    public async Task An_account_is_added_listed_and_removed_before_the_first_start()
    {
        var added = await _sandbox.RunWithAsync("a password of some length", "user", "add", "ada");
        Assert.That((added.ExitCode, added.Output), Is.EqualTo((ExitCode.Done, "'ada' may enter the control room.")));

        Assert.That((await _sandbox.RunAsync("user", "list")).Output, Does.StartWith("ada, password set 20"));
        Assert.That(
            (await _sandbox.RunAsync("user", "list", "--json")).Output,
            Does.Contain("\"name\": \"ada\"").And.Not.Contain("hash").IgnoreCase
        );
        Assert.That((await _sandbox.RunAsync("user", "remove", "ADA")).ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That((await _sandbox.RunAsync("user", "list")).Output, Does.StartWith("There is no account"));
    }

    [TestCase("ada", "short", "5 characters; it takes 12")]
    [TestCase("ada", "", "No password was given")]
    [TestCase("../ada", "a password of some length", "cannot be a name")]
    public async Task What_is_no_good_account_is_refused(string name, string password, string reason)
    {
        var answer = await _sandbox.RunWithAsync(password, "user", "add", name);

        Assert.That(answer.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(answer.Errors, Does.Contain(reason));
        Assert.That(Directory.Exists(Path.Combine(_sandbox.Root, "credentials")), Is.False);
    }
}
