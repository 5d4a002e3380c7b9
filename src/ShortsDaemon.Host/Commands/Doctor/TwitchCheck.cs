using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Twitch accepts the application, and every account that a source names is logged in. Renews nothing: that is the daemon's.</summary>
internal sealed class TwitchCheck : DoctorCheck
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    public override string Name => "twitch";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        if (!TwitchClipsSources.Of(patient.Options).Any() || patient.Options.Twitch.ClientId.Length == 0)
            return []; // not used, or the line about the configuration says it already
        using var http = new HttpClient { Timeout = LongestAnswer };
        var live = new LiveOptions(patient.Options);
        var auth = new TwitchAuth(new TwitchHttp(() => http), live);
        List<DoctorLine> lines = [await ApplicationAsync(auth, cancel)];
        foreach (var account in TwitchClipsSources.AccountsOf(patient.Options))
            lines.Add(await AccountAsync(auth, new TwitchAccountFiles(new CredentialFiles(live)), account, cancel));
        return lines;
    }

    private async Task<DoctorLine> ApplicationAsync(TwitchAuth auth, CancellationToken cancel)
    {
        try
        {
            await auth.ApplicationTokenAsync(cancel);
            return Ok("the application is accepted");
        }
        catch (AuthRefusedException e)
        {
            return Fail($"the application is refused: {e.Why}", "Check Twitch:ClientId and Twitch:ClientSecret.");
        }
        catch (UnavailableException e)
        {
            return Warn(e.Message, "Look at the network and at Twitch:AuthBaseUrl; the daemon tries again by itself.");
        }
    }

    private async Task<DoctorLine> AccountAsync(
        TwitchAuth auth,
        TwitchAccountFiles files,
        string account,
        CancellationToken cancel
    )
    {
        var mend = $"Run: ShortsDaemon auth twitch {account}";
        try
        {
            var kept = await files.ReadAsync(account, cancel);
            if (kept.LoginNeeded is { } reason)
                return Fail($"account '{account}' has to log in again: {reason}", mend);
            return Judge(account, kept, await auth.ValidateAsync(kept.AccessToken, cancel), mend);
        }
        catch (CredentialException e)
        {
            return Fail(e.Message, mend);
        }
        catch (UnavailableException e)
        {
            return Warn($"account '{account}': {e.Message}", "Look at the network and at Twitch:AuthBaseUrl.");
        }
    }

    private DoctorLine Judge(string account, TwitchAccount kept, Validation? now, string mend)
    {
        if (now is null)
            return Ok($"account '{account}' is {kept.Login}; its token has run out, the daemon renews it");
        if (now.UserId != kept.UserId)
            return Fail($"account '{account}' should be {kept.Login}, but its token is of {now.Login}", mend);
        return now.Scopes?.Contains(DeviceLogin.Scope) == false
            ? Fail($"account '{account}' is {now.Login}, but without the right {DeviceLogin.Scope}", mend)
            : Ok($"account '{account}' is {now.Login}");
    }
}
