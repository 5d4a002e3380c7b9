using NUnit.Framework;
using ShortsDaemon.Host;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>The command token of the built program.</summary>
public sealed class TokenCommandTests
{
    [Test]
    public async Task A_token_is_made_listed_and_revoked()
    {
        using var sandbox = new Sandbox();
        sandbox.Environment["Daemon__CredentialsDirectory"] = Path.Combine(sandbox.Root, "credentials");

        var made = await sandbox.RunAsync("token", "add", "deck", "--scope", "act", "--days", "30");
        Assert.That(made.ExitCode, Is.EqualTo(ExitCode.Done), made.Errors);
        Assert.That(made.Output, Does.Match("^sd_[0-9a-f]{64}$"), "alone, for scripts");
        var twice = await sandbox.RunAsync("token", "add", "DECK", "--scope", "read");
        Assert.That(
            (twice.ExitCode, twice.Errors),
            Is.EqualTo((ExitCode.Usage, "There is a token 'DECK' already; revoke it with: token remove DECK"))
        );
        var listed = await sandbox.RunAsync("token", "list");
        Assert.That(
            listed.Output,
            Does.StartWith("deck: may read and act, made 20").And.Contain("never used, expires 20")
        );
        Assert.That(
            (await sandbox.RunAsync("token", "list", "--json")).Output,
            Does.Contain("\"scope\": \"Act\"").And.Not.Contain("hash").IgnoreCase
        );
        Assert.That((await sandbox.RunAsync("token", "remove", "deck")).ExitCode, Is.EqualTo(ExitCode.Done));
        Assert.That((await sandbox.RunAsync("token", "list")).Output, Is.EqualTo("There is no token."));
    }
}
