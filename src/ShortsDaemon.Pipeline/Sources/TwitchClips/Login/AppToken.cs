using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>The application's own token: got when needed, kept in memory, renewed once for all who were refused with it.</summary>
public sealed class AppToken(TwitchAuth auth, LiveOptions options, Alerts alerts, TimeProvider time) : IDisposable
{
    private const string Rule = "CredentialRevoked";
    private const string Subject = "Twitch/application";
    private static readonly TimeSpan BeforeExpiry = TimeSpan.FromMinutes(10);

    // A wrong secret does not become right by asking again and again.
    private static readonly TimeSpan RefusalPause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Kept? _kept;
    private Refused? _refused;

    /// <exception cref="CredentialException">Twitch does not accept the application.</exception>
    public async Task<string> GetAsync(CancellationToken cancel) =>
        _kept is { } kept && IsGood(kept) ? kept.Token : await ObtainAsync(refused: null, cancel);

    /// <summary>Gets another token, unless somebody has already got one since.</summary>
    /// <param name="refused">The token that Twitch did not take.</param>
    /// <param name="cancel">Gives up.</param>
    public Task RenewAsync(string refused, CancellationToken cancel) => ObtainAsync(refused, cancel);

    public void Dispose() => _one.Dispose();

    private async Task<string> ObtainAsync(string? refused, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_kept is { } kept && kept.Token != refused && IsGood(kept))
                return kept.Token;
            RequireNotRefused();
            return await AskAsync(cancel);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> AskAsync(CancellationToken cancel)
    {
        var client = Client;
        try
        {
            var answer = await auth.ApplicationTokenAsync(cancel);
            var life = TimeSpan.FromSeconds(answer.ExpiresIn);
            _kept = new Kept(answer.AccessToken, client, time.GetTimestamp(), life);
            await alerts.ResolveAsync(Rule, Subject, cancel);
            return answer.AccessToken;
        }
        catch (AuthRefusedException e)
        {
            var message =
                $"Twitch does not accept the application: {e.Why}. Check Twitch:ClientId and Twitch:ClientSecret.";
            _refused = new Refused(message, client, time.GetTimestamp());
            await alerts.RaiseAsync(Rule, Subject, AlertLevel.Critical, message, cancel);
            throw new CredentialException(message, e);
        }
    }

    private void RequireNotRefused()
    {
        if (_refused is { } refused && refused.Client == Client && time.GetElapsedTime(refused.At) < RefusalPause)
            throw new CredentialException(refused.Message);
    }

    private (string, string) Client => (options.Value.Twitch.ClientId, options.Value.Twitch.ClientSecret);

    private bool IsGood(Kept kept) =>
        kept.Client == Client && time.GetElapsedTime(kept.At) < Longer(kept.Life - BeforeExpiry, kept.Life / 2);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private sealed class Kept(string token, (string, string) client, long at, TimeSpan life)
    {
        public string Token => token;
        public (string, string) Client => client;
        public long At => at;
        public TimeSpan Life => life;
    }

    private sealed class Refused(string message, (string, string) client, long at)
    {
        public string Message => message;
        public (string, string) Client => client;
        public long At => at;
    }
}
