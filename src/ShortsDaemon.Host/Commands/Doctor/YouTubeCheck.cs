using System.Net;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Each YouTube account has a login that works, for the channel that is meant.</summary>
internal sealed class YouTubeCheck : DoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan NearEnd = TimeSpan.FromDays(3);

    public override string Name => "YouTube";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        var accounts = patient
            .EnabledChannels.SelectMany(channel => channel.Value.Destinations)
            .OfType<YouTubeDestinationOptions>()
            .Where(to => to.Credentials.Length > 0)
            .GroupBy(to => to.Credentials, StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (accounts.Count == 0)
            return [Ok("not used")];
        var options = new LiveOptions(patient.Options);
        using var http = new YouTubeHttp(breakers: null);
        using var logins = new YouTubeAccounts(options, new CredentialFiles(options), http, patient.Time);
        List<DoctorLine> lines = [];
        foreach (var account in accounts)
            lines.Add(await LookAsync(logins, account.Key, [.. account], patient, cancel));
        return lines;
    }

    private async Task<DoctorLine> LookAsync(
        YouTubeAccounts logins,
        string name,
        IReadOnlyList<YouTubeDestinationOptions> users,
        Patient patient,
        CancellationToken cancel
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            var account = await logins.OpenAsync(name, limit.Token);
            if (await account.ChannelAsync(limit.Token) is not { } channel)
                return Fail($"{name}: the account has no channel", YouTubeToken.Mend(name));
            if (users.FirstOrDefault(to => to.ChannelId.Length > 0 && to.ChannelId != channel.Id) is { } other)
                return Fail(
                    $"{name}: it is the channel '{channel.Title}' ({channel.Id}), wanted is {other.ChannelId}",
                    $"{YouTubeToken.Mend(name)}, or change ChannelId"
                );
            return Age(name, account.Token, channel, patient.Time.GetUtcNow());
        }
        catch (CredentialException e)
        {
            return Fail($"{name}: {e.Message}", YouTubeToken.Mend(name));
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or TokenResponseException { StatusCode: >= HttpStatusCode.InternalServerError }
            )
        {
            return Warn($"{name}: YouTube cannot be reached now", "Look at the network, and ask again.");
        }
        catch (Exception e) when (e is TokenResponseException or GoogleApiException)
        {
            return Fail($"{name}: {YouTubeWords.Of(e)}", YouTubeToken.Mend(name));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Warn($"{name}: YouTube has not answered within 15 s", "Look at the network, and ask again.");
        }
    }

    private DoctorLine Age(string name, YouTubeToken token, (string Id, string Title) channel, DateTimeOffset now)
    {
        var finding = $"{name}: uploads to '{channel.Title}' ({channel.Id})";
        if (token.ExpiresAt is not { } end)
            return Ok(finding);
        return end - now < NearEnd
            ? Warn($"{finding}; the login ends at {end:u}", YouTubeToken.Mend(name))
            : Warn(
                $"{finding}; the login ends at {end:u}, as all do while the consent screen is in the state Testing",
                $"Set it to \"In production\" in Google's console. {YouTubeToken.Mend(name)}"
            );
    }
}
