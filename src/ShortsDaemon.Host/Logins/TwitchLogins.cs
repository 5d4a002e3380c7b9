using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Host.Logins;

/// <summary>Asks Twitch whether the logins of people stand, and renews those whose access token has run out.</summary>
internal sealed class TwitchLogins(AccountTokens tokens, TwitchAuth auth, TwitchAccountFiles files)
{
    // A refresh token that nobody uses for so long is dead. Each renewal gives a new one.
    internal static readonly TimeSpan RefreshTokenLife = TimeSpan.FromDays(30);

    public async Task<LoginFinding> LookAsync(string account, CancellationToken cancel)
    {
        var standing = LoginStanding.Unusable;
        try
        {
            await files.ReadAsync(account, cancel);
            standing = LoginStanding.Revoked;
            await tokens.ValidateAsync(account, cancel);
            return Judge(account, await files.ReadAsync(account, cancel), await IdentityAsync(account, cancel));
        }
        catch (CredentialException e)
        {
            return Found(account, standing, e.Message);
        }
        catch (UnavailableException e)
        {
            return Found(account, LoginStanding.Unknown, e.Message);
        }
    }

    private async Task<Validation?> IdentityAsync(string account, CancellationToken cancel) =>
        await auth.ValidateAsync((await files.ReadAsync(account, cancel)).AccessToken, cancel);

    private static LoginFinding Judge(string account, TwitchAccount kept, Validation? now)
    {
        if (now is null)
            return Found(account, LoginStanding.Unknown, "Twitch refuses a token that it has just renewed");
        if (now.UserId != kept.UserId)
            return Found(
                account,
                LoginStanding.WrongAccount,
                $"should be {kept.Login}, but its token is of {now.Login}"
            );
        return Found(account, LoginStanding.Good, $"is {now.Login}") with
        {
            IssuedAt = kept.ObtainedAt,
            EndsAt = kept.ObtainedAt + RefreshTokenLife,
        };
    }

    private static LoginFinding Found(string account, LoginStanding standing, string words) =>
        new(AccountTokens.SubjectOf(account), standing, words, TwitchAccountFiles.Mend(account));
}
