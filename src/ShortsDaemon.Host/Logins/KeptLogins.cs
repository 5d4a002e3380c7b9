using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Host.Logins;

/// <summary>A login as it lies in its file; nobody is asked whether it still works, the job `logins` does that.</summary>
/// <param name="Subject">What alerts call it: "YouTube/main".</param>
/// <param name="IssuedAt">When it was given out; null: it cannot be read.</param>
/// <param name="EndsAt">When it ends; null: not known to.</param>
/// <param name="Problem">Why it cannot be used, and how to mend it; null: nothing is known.</param>
public sealed record KeptLogin(string Subject, DateTimeOffset? IssuedAt, DateTimeOffset? EndsAt, string? Problem);

/// <summary>Reads how old the logins of a channel are. Says nothing of what is in them.</summary>
internal sealed class KeptLogins(YouTubeAccounts youTube, TwitchAccountFiles twitch)
{
    public async Task<IReadOnlyList<KeptLogin>> OfAsync(ChannelOptions channel, CancellationToken cancel)
    {
        var logins = new List<KeptLogin>();
        foreach (
            var account in Used(channel.Destinations.OfType<YouTubeDestinationOptions>().Select(to => to.Credentials))
        )
            logins.Add(await ReadAsync(YouTubeAccount.SubjectOf(account), () => OfYouTubeAsync(account, cancel)));
        foreach (var account in Used(channel.Sources.OfType<TwitchClipsSourceOptions>().Select(from => from.Account)))
            logins.Add(await ReadAsync(AccountTokens.SubjectOf(account), () => OfTwitchAsync(account, cancel)));
        return logins;
    }

    private static IEnumerable<string> Used(IEnumerable<string> accounts) =>
        accounts.Where(account => account.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);

    private static async Task<KeptLogin> ReadAsync(string subject, Func<Task<(DateTimeOffset, DateTimeOffset?)>> read)
    {
        try
        {
            var (issued, end) = await read();
            return new KeptLogin(subject, issued, end, null);
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            return new KeptLogin(subject, null, null, e.Message);
        }
    }

    private async Task<(DateTimeOffset, DateTimeOffset?)> OfYouTubeAsync(string account, CancellationToken cancel)
    {
        var token = await YouTubeToken.ReadAsync(youTube.PathOf(account), account, cancel);
        return (token.IssuedAt, token.ExpiresAt);
    }

    private async Task<(DateTimeOffset, DateTimeOffset?)> OfTwitchAsync(string account, CancellationToken cancel)
    {
        var kept = await twitch.ReadAsync(account, cancel);
        return (kept.ObtainedAt, kept.ObtainedAt + TwitchLogins.RefreshTokenLife);
    }
}
