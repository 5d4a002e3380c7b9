using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>Keeps a new login, and opens what was shut for want of one.</summary>
public sealed class NewLogin(
    LiveOptions options,
    YouTubeAccounts accounts,
    Holds holds,
    Alerts alerts,
    IDbContextFactory<ShortsDb> databases
)
{
    /// <exception cref="CredentialException">It is for another channel than the configured one; nothing was changed.</exception>
    public async Task KeepAsync(string account, YouTubeToken token, CancellationToken cancel)
    {
        RequireChannel(account, token);
        await token.WriteAsync(accounts.PathOf(account), cancel);
        string[] over = token.MaySendSubtitles()
            ? [YouTubeTrouble.Revoked, YouTubeTrouble.WrongChannel, YouTubeSubtitles.NotAllowed]
            : [YouTubeTrouble.Revoked, YouTubeTrouble.WrongChannel];
        // Without a database nothing was ever shut.
        if (!await HasTablesAsync(cancel))
            return;
        foreach (var name in Destinations(account).Select(d => d.To.Credentials).Append(account).Distinct())
        {
            await holds.ReleaseAsync(YouTubeAccount.ScopeOf(name), cancel);
            await alerts.ResolveAllAsync(over, YouTubeAccount.SubjectOf(name), cancel);
        }
    }

    private void RequireChannel(string account, YouTubeToken token)
    {
        foreach (var (name, to) in Destinations(account))
            if (to.ChannelId.Length > 0 && to.ChannelId != token.ChannelId)
                throw new CredentialException(
                    $"That is the channel '{token.ChannelTitle}' ({token.ChannelId}), but channel '{name}' of the configuration wants "
                        + $"{to.ChannelId} for the account '{account}'. Nothing was changed. Log in with that channel, or change ChannelId"
                );
    }

    // The file is the same, however its name is written.
    private IEnumerable<(string Channel, YouTubeDestinationOptions To)> Destinations(string account) =>
        from channel in options.Value.Channels
        from to in channel.Value.Destinations.OfType<YouTubeDestinationOptions>()
        where to.Credentials.Equals(account, StringComparison.OrdinalIgnoreCase)
        select (channel.Key, to);

    private async Task<bool> HasTablesAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Database.CanConnectAsync(cancel)
            && !(await db.Database.GetPendingMigrationsAsync(cancel)).Any();
    }
}
