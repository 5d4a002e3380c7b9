using System.Collections.Concurrent;
using System.Net.Sockets;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using Newtonsoft.Json;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Turns what went wrong at YouTube into what it means here, and shuts no more doors than it has to.</summary>
public sealed class YouTubeTrouble(QuotaLedger quota, Holds holds, Alerts alerts, TimeProvider time)
{
    public const string Revoked = "CredentialRevoked";
    public const string WrongChannel = "ChannelMismatch";
    public const string UploadLimit = "UploadLimit";
    public const string Refused = "DestinationRefused";

    // Of refusals that may be a mistake of theirs.
    private const int MostInRow = 3;
    private static readonly TimeSpan ChannelPause = TimeSpan.FromHours(24);

    // For doors that only a person opens: so long it takes at most until the daemon notices.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, int> _inRow = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>False for what is none of ours: the database, the disk, a bug.</returns>
    internal static bool Knows(Exception e) =>
        e
            is GoogleApiException
                or TokenResponseException
                or HttpRequestException
                or SocketException
                or JsonException
                or FormatException;

    /// <summary>Something was allowed: the counts of refusals begin anew, and what was told of them is over.</summary>
    internal async Task AllowedAsync(Errand errand, CancellationToken cancel)
    {
        _inRow.TryRemove(errand.Scope, out _);
        _inRow.TryRemove(errand.Account.Scope, out _);
        await alerts.ResolveAsync(Revoked, Subject(errand), cancel);
    }

    /// <summary>An upload was allowed.</summary>
    internal async Task UploadAllowedAsync(Errand errand, CancellationToken cancel)
    {
        await alerts.ResolveAsync(UploadLimit, errand.Destination, cancel);
        await alerts.ResolveAsync(Refused, errand.Destination, cancel);
    }

    /// <param name="e">What was thrown; <see cref="Knows"/> it.</param>
    /// <param name="errand">What was under way.</param>
    /// <param name="bucket">The quota that the call was taken from.</param>
    /// <param name="isOptional">The delivery does not depend on it: only the call itself is refused.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What is to be thrown instead.</returns>
    internal async Task<Exception> OfAsync(
        Exception e,
        Errand errand,
        QuotaBucket bucket,
        bool isOptional,
        CancellationToken cancel
    )
    {
        var refusal = e switch
        {
            GoogleApiException api => YouTubeRefusal.Of(api),
            TokenResponseException token => YouTubeRefusal.Of(token),
            JsonException or FormatException => new(RefusalKind.Passing, "the answer cannot be read"),
            _ => new YouTubeRefusal(RefusalKind.Passing, e.Message),
        };
        var words = $"YouTube: {refusal.Words}";
        return refusal.Kind switch
        {
            RefusalKind.Passing => errand.Account.Pause.Length is { TotalSeconds: >= 1 } pause
                ? new NotYetException(time.GetUtcNow() + pause, words, e)
                : new UnavailableException(words, e),
            RefusalKind.QuotaEmpty => new NotYetException(
                await quota.LearnAsync(errand.Project, bucket, refusal.Words, cancel),
                words,
                e
            ),
            RefusalKind.ChannelFull => await ChannelFullAsync(errand, words, cancel),
            RefusalKind.LoginOver or RefusalKind.AccountUnusable => await LoginOverAsync(errand, words, cancel),
            RefusalKind.Unauthorized => await UnauthorizedAsync(errand, words, cancel),
            RefusalKind.ClientUnknown => await ClientUnknownAsync(errand, words, cancel),
            RefusalKind.Setting or RefusalKind.Forbidden or RefusalKind.ScopeMissing when isOptional =>
                new YouTubeRefusedException(refusal, words, e),
            RefusalKind.Setting => await SettingAsync(errand, words, cancel),
            RefusalKind.Forbidden or RefusalKind.ScopeMissing => await ForbiddenAsync(errand, words, cancel),
            _ => new YouTubeRefusedException(refusal, words, e),
        };
    }

    private DateTimeOffset Soon => time.GetUtcNow() + LookAgain;

    private async Task<Exception> ChannelFullAsync(Errand errand, string words, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + ChannelPause;
        var reason = $"The channel takes no more uploads today. {words}";
        await holds.ShutAsync(errand.Scope, reason, until, cancel);
        await alerts.RaiseAsync(UploadLimit, errand.Destination, AlertLevel.Warning, reason, cancel);
        return new NotYetException(until, reason);
    }

    // Whoever logs in again opens the door; until then asking again would only make it worse.
    private async Task<Exception> LoginOverAsync(Errand errand, string words, CancellationToken cancel)
    {
        var reason =
            $"The login '{errand.Account.Name}' is not accepted any more. {words} {YouTubeToken.Mend(errand.Account.Name)}";
        _inRow.TryRemove(errand.Account.Scope, out _);
        await holds.ShutAsync(errand.Account.Scope, reason, null, cancel);
        await alerts.RaiseAsync(Revoked, Subject(errand), AlertLevel.Critical, reason, cancel);
        return new NotYetException(Soon, reason);
    }

    // Only the token address knows whether a login is over; a 401 of the API may be a bad hour.
    private async Task<Exception> UnauthorizedAsync(Errand errand, string words, CancellationToken cancel) =>
        InRow(errand.Account.Scope) < MostInRow
            ? new UnavailableException(words)
            : await LoginOverAsync(errand, words, cancel);

    private int InRow(string scope) => _inRow.AddOrUpdate(scope, 1, (_, before) => before + 1);

    private async Task<Exception> ClientUnknownAsync(Errand errand, string words, CancellationToken cancel)
    {
        var reason = $"Google does not know the program any more. {words} Look at YouTube:ClientSecretFile.";
        await alerts.RaiseAsync(Revoked, Subject(errand), AlertLevel.Critical, reason, cancel);
        return new CredentialException(reason);
    }

    private async Task<Exception> SettingAsync(Errand errand, string words, CancellationToken cancel)
    {
        var reason =
            $"This channel may not use a setting of '{errand.Destination}'. {words} "
            + $"Change Privacy there, then: ShortsDaemon holds release {errand.Scope}";
        return await ShutAsync(errand, reason, cancel);
    }

    private async Task<Exception> ForbiddenAsync(Errand errand, string words, CancellationToken cancel)
    {
        var times = InRow(errand.Scope);
        if (times < MostInRow)
            return new UnavailableException(words);
        _inRow.TryRemove(errand.Scope, out _);
        var reason =
            $"YouTube has refused {times} times in a row. {words} Look at the channel's rights and the scopes of the login, "
            + $"then: ShortsDaemon holds release {errand.Scope}";
        return await ShutAsync(errand, reason, cancel);
    }

    private async Task<Exception> ShutAsync(Errand errand, string reason, CancellationToken cancel)
    {
        await holds.ShutAsync(errand.Scope, reason, null, cancel);
        await alerts.RaiseAsync(Refused, errand.Destination, AlertLevel.Critical, reason, cancel);
        return new NotYetException(Soon, reason);
    }

    private static string Subject(Errand errand) => YouTubeAccount.SubjectOf(errand.Account.Name);
}
