using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Quartz;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Asks at start and every hour, as Twitch demands, whether the logins still stand; so a revoked one is noticed early.</summary>
[DisallowConcurrentExecution]
internal sealed class TwitchLoginJob(LiveOptions options, AccountTokens accounts, ILogger<TwitchLoginJob> log) : IJob
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var account in TwitchClipsSources.AccountsOf(options.Value))
        {
            try
            {
                await accounts.ValidateAsync(account, cancellationToken);
            }
            catch (Exception e)
                when (e
                        is UnavailableException
                            or IOException
                            or UnauthorizedAccessException
                            or DbUpdateException
                            or SqliteException
                )
            {
                log.LogWarning("Twitch account {Account} could not be validated: {Reason}", account, e.Message);
            }
        }
    }
}
