using ShortsDaemon.Host.Logins;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Each YouTube account has a login that works, for the channel that is meant.</summary>
internal sealed class YouTubeCheck : DoctorCheck
{
    private static readonly TimeSpan NearEnd = TimeSpan.FromDays(3);

    public override string Name => "YouTube";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var used = YouTubeLogins.UsedIn(patient.Options);
        if (used.Count == 0)
            return [Ok("not used")];
        var options = new LiveOptions(patient.Options);
        using var http = new YouTubeHttp(breakers: null);
        using var accounts = new YouTubeAccounts(options, new CredentialFiles(options), http, patient.Time);
        var logins = new YouTubeLogins(accounts);
        List<DoctorLine> lines = [];
        foreach (var login in used)
            lines.Add(Judge(login.Key, await logins.LookAsync(login, cancel), patient.Time.GetUtcNow()));
        return lines;
    }

    private DoctorLine Judge(string name, LoginFinding found, DateTimeOffset now)
    {
        var finding = $"{name}: {found.Words}";
        return found.Standing switch
        {
            LoginStanding.Good when found.Lack is { } lack => Warn($"{finding}; it {lack}", found.Mend),
            LoginStanding.Good => Age(finding, found, now),
            LoginStanding.Unknown => Warn(finding, found.Mend),
            _ => Fail(finding, found.Mend),
        };
    }

    private DoctorLine Age(string finding, LoginFinding found, DateTimeOffset now)
    {
        if (found.EndsAt is not { } end)
            return Ok(finding);
        return end - now < NearEnd
            ? Warn($"{finding}; the login ends at {end:u}", found.Mend)
            : Warn(
                $"{finding}; the login ends at {end:u}, as all do while the consent screen is in the state Testing",
                $"Set it to \"In production\" in Google's console. {found.Mend}"
            );
    }
}
