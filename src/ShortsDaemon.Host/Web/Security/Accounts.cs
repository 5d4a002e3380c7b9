using Microsoft.AspNetCore.Identity;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>Who may enter the control room: a file in Daemon:CredentialsDirectory, with hashes of the passwords.</summary>
internal sealed class Accounts(LiveOptions live, TimeProvider time)
{
    /// <summary>As few characters as a password may have; what is long need not be odd (NIST SP 800-63B).</summary>
    public const int ShortestPassword = 12;

    // For a name that nobody has: the answer takes as long as for one that somebody has.
    private static readonly Account Nobody = new("", "", "", default);
    private static readonly string HashOfNobody = new PasswordHasher<Account>().HashPassword(Nobody, "nobody's");

    private readonly PasswordHasher<Account> _hasher = new();

    private PrivateList<Account> File =>
        new(
            Path.Combine(live.Value.Daemon.CredentialsDirectory, "accounts.json"),
            "remove it and create the accounts anew with: user add"
        );

    public bool Any => ReadAll().Count > 0;

    /// <exception cref="CredentialException">The file is damaged, or others may read it.</exception>
    public IReadOnlyList<Account> ReadAll() => File.Read();

    public Account? Find(string name) =>
        ReadAll().FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <returns>The account; null when there is none with this name and password.</returns>
    public Account? Check(string name, string password)
    {
        var account = Find(name);
        var verdict = _hasher.VerifyHashedPassword(account ?? Nobody, account?.Hash ?? HashOfNobody, password);
        return verdict == PasswordVerificationResult.Failed ? null : account;
    }

    /// <summary>Adds an account, or gives an old one a new password; who is logged in with the old one no longer is.</summary>
    public async Task SetAsync(string name, string password, CancellationToken cancel)
    {
        var account = new Account(name, "", Guid.NewGuid().ToString("N"), time.GetUtcNow());
        account = account with { Hash = _hasher.HashPassword(account, password) };
        await File.WriteAsync([.. Others(name), account], cancel);
    }

    /// <returns>False: there is no such account.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancel)
    {
        if (Find(name) is null)
            return false;
        await File.WriteAsync([.. Others(name)], cancel);
        return true;
    }

    private IEnumerable<Account> Others(string name) =>
        ReadAll().Where(a => !a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Name">As it is typed at the login; letters of either case.</param>
/// <param name="Hash">Of the password, by the framework's hasher (PBKDF2).</param>
/// <param name="Stamp">Another one with each password.</param>
/// <param name="CreatedAt">When this password was set.</param>
internal sealed record Account(string Name, string Hash, string Stamp, DateTimeOffset CreatedAt);
