using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

/// <summary>Logs an account in: a person opens a page in any browser and confirms a code, and we wait for that.</summary>
public sealed class DeviceLogin(TwitchAuth auth, TwitchAccountFiles files, LiveOptions options, TimeProvider time)
{
    /// <summary>What the account lets us do: get the files of clips of channels that it owns or edits.</summary>
    public const string Scope = "editor:manage:clips";

    /// <param name="account">Name of the account in the configuration.</param>
    /// <param name="show">Takes the page and the code for the person.</param>
    /// <param name="cancel">Gives up; nothing is kept then.</param>
    /// <returns>Who has logged in; it is kept.</returns>
    /// <exception cref="CredentialException">Nobody confirmed in time, or the right to get clips was not given.</exception>
    public async Task<TwitchAccount> RunAsync(string account, Action<DevicePrompt> show, CancellationToken cancel)
    {
        var device = await auth.BeginDeviceAsync(Scope, cancel);
        var life = TimeSpan.FromSeconds(device.ExpiresIn);
        show(new DevicePrompt(new Uri(device.VerificationUri), device.UserCode, life));
        var tokens = await WaitAsync(device, life, cancel);
        var owner = await IdentifyAsync(tokens, device, cancel);
        var content = new TwitchAccount
        {
            ClientId = options.Value.Twitch.ClientId,
            UserId = owner.UserId ?? "",
            Login = owner.Login ?? "",
            AccessToken = tokens.AccessToken,
            RefreshToken = tokens.RefreshToken ?? "",
            Scopes = owner.Scopes ?? [],
            ObtainedAt = time.GetUtcNow(),
        };
        await files.WriteAsync(account, content, cancel);
        return content;
    }

    private async Task<TokenAnswer> WaitAsync(DeviceAnswer device, TimeSpan life, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < life)
        {
            await PauseAsync(device, cancel);
            try
            {
                if (await auth.PollDeviceAsync(device.DeviceCode, Scope, cancel) is { } tokens)
                    return tokens;
            }
            catch (UnavailableException e) when (e is not AuthRefusedException)
            {
                continue; // the person may need minutes anyway
            }
        }
        throw new CredentialException("Nobody confirmed the code in time. Begin again.");
    }

    private async Task<Validation> IdentifyAsync(TokenAnswer tokens, DeviceAnswer device, CancellationToken cancel)
    {
        var owner = await InsistAsync(() => auth.ValidateAsync(tokens.AccessToken, cancel), device, cancel);
        if (owner is not { UserId.Length: > 0, Login.Length: > 0 })
            throw new CredentialException("Twitch does not say whose login this is. Begin again.");
        if (owner.Scopes is { } scopes && !scopes.Contains(Scope))
            throw new CredentialException($"The right {Scope} was not given. Begin again and confirm it.");
        return owner;
    }

    // The tokens are there already; a moment without network must not waste the person's trouble.
    private async Task<T> InsistAsync<T>(Func<Task<T>> ask, DeviceAnswer device, CancellationToken cancel)
    {
        const int Tries = 5;
        for (var i = 1; ; i++)
        {
            try
            {
                return await ask();
            }
            catch (UnavailableException) when (i < Tries)
            {
                await PauseAsync(device, cancel);
            }
        }
    }

    private Task PauseAsync(DeviceAnswer device, CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromSeconds(Math.Clamp(device.Interval, 1, 60)), time, cancel);
}

/// <summary>What the person needs.</summary>
/// <param name="Page">Where to go.</param>
/// <param name="Code">What to confirm there.</param>
/// <param name="Life">How long that works.</param>
public sealed record DevicePrompt(Uri Page, string Code, TimeSpan Life);
