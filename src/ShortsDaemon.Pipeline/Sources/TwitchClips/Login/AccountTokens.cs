using System.Collections.Concurrent;
using System.Net;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>
/// Tokens of people. The file is the truth: it is read each time, so a new login counts at once, and a new pair of tokens is
/// in it before it is used. A refresh token works once, so an exchange whose answer was lost is never tried again.
/// </summary>
public sealed class AccountTokens(
    TwitchAuth auth,
    TwitchAccountFiles files,
    LiveOptions options,
    Alerts alerts,
    TimeProvider time
)
{
    public const string Rule = "CredentialRevoked";
    private const string Lost = "the answer to its last renewal was lost";

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.OrdinalIgnoreCase);

    public static string SubjectOf(string account) => $"{TwitchAccountFiles.Provider}/{account}";

    /// <exception cref="CredentialException">The account has to log in.</exception>
    public async Task<UserToken> GetAsync(string account, CancellationToken cancel)
    {
        var kept = await ReadAsync(account, cancel);
        return new UserToken(kept.AccessToken, kept.UserId, kept.Login);
    }

    /// <summary>Gets new tokens, unless somebody has already got some since.</summary>
    /// <param name="account">Name of the account in the configuration.</param>
    /// <param name="refused">The access token that Twitch did not take.</param>
    /// <param name="cancel">Gives up waiting; an exchange that has begun is brought to its end.</param>
    /// <exception cref="CredentialException">The account has to log in; the owner has been told.</exception>
    public async Task RenewAsync(string account, string refused, CancellationToken cancel)
    {
        var turn = _turns.GetOrAdd(account, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancel);
        try
        {
            var kept = await ReadAsync(account, cancel);
            if (kept.AccessToken == refused)
                await ExchangeAsync(account, kept);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>What Twitch wants every hour: asks whether the login still stands, and renews it when it does not.</summary>
    /// <exception cref="CredentialException">The account has to log in; the owner has been told.</exception>
    public async Task ValidateAsync(string account, CancellationToken cancel)
    {
        var kept = await ReadAsync(account, cancel);
        if (await auth.ValidateAsync(kept.AccessToken, cancel) is null)
            await RenewAsync(account, kept.AccessToken, cancel);
        else if (kept.LoginNeeded is { } reason)
            throw await NeedsLoginAsync(account, reason); // it works for some hours still; better told now than then
        else
            await alerts.ResolveAsync(Rule, SubjectOf(account), cancel);
    }

    private async Task<TwitchAccount> ReadAsync(string account, CancellationToken cancel)
    {
        var kept = await files.ReadAsync(account, cancel);
        if (kept.ClientId != options.Value.Twitch.ClientId)
            throw await NeedsLoginAsync(account, "its login belongs to another application than Twitch:ClientId");
        return kept;
    }

    private async Task ExchangeAsync(string account, TwitchAccount kept)
    {
        if (kept.LoginNeeded is { } reason)
            throw await NeedsLoginAsync(account, reason);
        // Written before, so that even a process that is killed in between knows that the answer is lost.
        await KeepAsync(account, kept.With(Lost));
        try
        {
            var answer = await auth.RefreshAsync(kept.RefreshToken, CancellationToken.None);
            await KeepAsync(account, kept.With(answer, time.GetUtcNow()));
            await alerts.ResolveAsync(Rule, SubjectOf(account), CancellationToken.None);
        }
        catch (AuthRefusedException e)
        {
            await KeepAsync(account, kept.With(e.Why));
            throw await NeedsLoginAsync(account, e.Why);
        }
        catch (UnavailableException e) when (HasNotHappened(e))
        {
            await KeepAsync(account, kept);
            throw;
        }
        catch (UnavailableException)
        {
            throw await NeedsLoginAsync(account, Lost);
        }
    }

    private Task KeepAsync(string account, TwitchAccount content) =>
        files.WriteAsync(account, content, CancellationToken.None);

    private async Task<CredentialException> NeedsLoginAsync(string account, string reason)
    {
        var message = $"Twitch account '{account}' has to log in again: {reason}. {TwitchAccountFiles.Mend(account)}";
        await alerts.RaiseAsync(Rule, SubjectOf(account), AlertLevel.Critical, message, CancellationToken.None);
        return new CredentialException(message);
    }

    /// <returns>Whether the token server said that it could not do it, or the question never reached it.</returns>
    private static bool HasNotHappened(Exception? e) =>
        e switch
        {
            null => false,
            NotYetException => true,
            ProviderDownException { Status: { } status } => status != HttpStatusCode.GatewayTimeout,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            } => true,
            _ => HasNotHappened(e.InnerException),
        };
}
