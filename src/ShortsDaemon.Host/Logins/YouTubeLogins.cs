using System.Net;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;

namespace ShortsDaemon.Host.Logins;

/// <summary>Asks YouTube whether the logins work, and for which channel. Costs one unit of quota each.</summary>
internal sealed class YouTubeLogins(YouTubeAccounts accounts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <returns>Those that enabled channels use, by name, each with its destinations.</returns>
    public static IReadOnlyList<IGrouping<string, YouTubeDestinationOptions>> UsedIn(ShortsOptions options) =>
        [
            .. options
                .Channels.Values.Where(channel => channel.Enabled)
                .SelectMany(channel => channel.Destinations)
                .OfType<YouTubeDestinationOptions>()
                .Where(to => to.Credentials.Length > 0)
                .GroupBy(to => to.Credentials, StringComparer.OrdinalIgnoreCase),
        ];

    public async Task<LoginFinding> LookAsync(
        IGrouping<string, YouTubeDestinationOptions> login,
        CancellationToken cancel
    )
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var name = login.Key;
        try
        {
            return await AskAsync(login, either.Token);
        }
        catch (CredentialException e)
        {
            return Found(name, LoginStanding.Unusable, e.Message);
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or TokenResponseException { StatusCode: >= HttpStatusCode.InternalServerError }
            )
        {
            return Unknown(name, "YouTube cannot be reached now");
        }
        catch (Exception e) when (e is TokenResponseException or GoogleApiException)
        {
            return Found(name, LoginStanding.Revoked, YouTubeWords.Of(e));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unknown(name, "YouTube has not answered within 15 s");
        }
    }

    private async Task<LoginFinding> AskAsync(
        IGrouping<string, YouTubeDestinationOptions> login,
        CancellationToken cancel
    )
    {
        var name = login.Key;
        var account = await accounts.OpenAsync(name, cancel);
        if (await account.ChannelAsync(cancel) is not { } channel)
            return Found(name, LoginStanding.WrongAccount, "the account has no channel");
        var wanted = login.Select(to => to.ChannelId).Append(account.Token.ChannelId);
        if (wanted.FirstOrDefault(id => id.Length > 0 && id != channel.Id) is { } other)
            return Found(
                name,
                LoginStanding.WrongAccount,
                $"it is the channel '{channel.Title}' ({channel.Id}), wanted is {other}",
                $"{YouTubeToken.Mend(name)}, or change ChannelId"
            );
        // Asking may have renewed it.
        var token = (await accounts.OpenAsync(name, cancel)).Token;
        return Found(name, LoginStanding.Good, $"uploads to '{channel.Title}' ({channel.Id})") with
        {
            Lack = login.Any(to => to.Subtitles) && !token.MaySendSubtitles() ? YouTubeSubtitles.Lack : null,
            EndsAt = token.ExpiresAt,
            IssuedAt = token.IssuedAt,
        };
    }

    private static LoginFinding Unknown(string name, string words) =>
        Found(name, LoginStanding.Unknown, words, "Look at the network, and ask again.");

    private static LoginFinding Found(string name, LoginStanding standing, string words, string? mend = null) =>
        new(YouTubeAccount.SubjectOf(name), standing, words, mend ?? YouTubeToken.Mend(name));
}
