using System.Globalization;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Looks at every login that is used: its file, whether the platform still takes it, whose it is, and when it ends.</summary>
internal sealed class LoginMaintenance(
    LiveOptions live,
    YouTubeLogins youTube,
    TwitchLogins twitch,
    Alerts alerts,
    TimeProvider time
) : IMaintenance
{
    /// <summary>Rules of the alerts; their subject is the login, for instance YouTube/main.</summary>
    public const string Expiring = "TokenExpiring";
    public const string Unusable = "CredentialUnusable";

    private static readonly TimeSpan Near = TimeSpan.FromDays(7);

    public string Name => "logins";
    public bool RunsAtStart => true;

    public string ScheduleIn(ShortsOptions options) => options.Health.LoginSchedule;

    public async Task<string> RunAsync(CancellationToken cancel)
    {
        List<LoginFinding> findings = [];
        foreach (var login in YouTubeLogins.UsedIn(live.Value))
            findings.Add(await youTube.LookAsync(login, cancel));
        foreach (var account in TwitchClipsSources.AccountsOf(live.Value))
            findings.Add(await twitch.LookAsync(account, cancel));
        foreach (var finding in findings)
            await TellAsync(finding, cancel);
        return findings.Count == 0 ? "No login is used." : string.Join("; ", findings.Select(Say)) + ".";
    }

    private async Task TellAsync(LoginFinding finding, CancellationToken cancel)
    {
        // Whoever could not be asked has not got better.
        if (finding.Standing == LoginStanding.Unknown)
            return;
        if (RuleOf(finding.Standing) is { } rule)
        {
            var message = $"{finding.Subject}: {finding.Words.TrimEnd('.')}. {finding.Mend}";
            await alerts.RaiseAsync(rule, finding.Subject, AlertLevel.Critical, message, cancel);
        }
        if (finding.Standing != LoginStanding.Unusable)
            await alerts.ResolveAsync(Unusable, finding.Subject, cancel);
        if (finding.Lack is { } lack)
            await alerts.RaiseAsync(
                YouTubeSubtitles.NotAllowed,
                finding.Subject,
                AlertLevel.Warning,
                $"The login {finding.Subject} {lack}. {finding.Mend}",
                cancel
            );
        else if (finding.Standing == LoginStanding.Good)
            await alerts.ResolveAsync(YouTubeSubtitles.NotAllowed, finding.Subject, cancel);
        if (finding.EndsAt is { } end && end - time.GetUtcNow() < Near)
            await alerts.RaiseAsync(Expiring, finding.Subject, AlertLevel.Warning, Ending(finding, end), cancel);
        else if (finding.Standing == LoginStanding.Good)
            await alerts.ResolveAsync(Expiring, finding.Subject, cancel);
    }

    // The publisher and the source raise the last two as well, and know when they are over.
    private static string? RuleOf(LoginStanding standing) =>
        standing switch
        {
            LoginStanding.Unusable => Unusable,
            LoginStanding.Revoked => YouTubeTrouble.Revoked,
            LoginStanding.WrongAccount => YouTubeTrouble.WrongChannel,
            _ => null,
        };

    private string Ending(LoginFinding finding, DateTimeOffset end) =>
        Text(
            $"The login {finding.Subject} ends at {end:u}, in {(end - time.GetUtcNow()).TotalDays:0.0} days; nothing goes out after that. {finding.Mend}"
        );

    private string Say(LoginFinding finding)
    {
        var words = $"{finding.Subject} {finding.Words.TrimEnd('.')}";
        if (finding.IssuedAt is { } issued)
            words += Text($", login of {(time.GetUtcNow() - issued).TotalDays:0.0} days");
        return finding.EndsAt is { } end
            ? words + Text($", ends in {(end - time.GetUtcNow()).TotalDays:0.0} days")
            : words;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
