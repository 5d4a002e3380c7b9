using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>
/// Sends the captions of a Short as a track that viewers can switch on. It is the last step, and whether it was done already
/// YouTube itself tells; so nothing has to be remembered of it.
/// </summary>
public sealed class YouTubeSubtitles(
    YouTubeCalls calls,
    QuotaLedger quota,
    Alerts alerts,
    LiveOptions options,
    TimeProvider time
)
{
    /// <summary>Rule of the alert that the login may not send them; its subject is the login.</summary>
    public const string NotAllowed = "ScopeMissing";

    /// <summary>What such a login lacks, in words.</summary>
    public const string Lack = "was made without the right to send subtitles (youtube.force-ssl)";

    /// <summary>With fewer units a day none could ever be sent.</summary>
    internal const long LeastUnitsPerDay = 500;

    private const int ListUnits = 50;
    private const int InsertUnits = 400;

    // Of the day's units, one in so many is for other things: thumbnails, the search for a lost upload.
    private const int ShareOfOthers = 10;

    // Viewers come in the first days. After that a Short is not kept waiting any more.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(2);

    /// <exception cref="NotYetException">The units of the day are used up.</exception>
    /// <exception cref="UnavailableException">YouTube does not answer.</exception>
    internal async Task SendAsync(Delivery delivery, CancellationToken cancel)
    {
        if (new FileInfo(delivery.Shipment.Subtitles) is not { Exists: true, Length: > 0 })
            return;
        if (await TryAsync(delivery, cancel) is { } problem)
            await delivery.RemarkAsync($"subtitles not sent: {problem}", cancel);
    }

    // A Short without subtitles is still a Short.
    private async Task<string?> TryAsync(Delivery delivery, CancellationToken cancel)
    {
        if (delivery.Promise.Sha256 != delivery.Shipment.Rendition.Sha256)
            return "the Short was made again since, and they might not fit the one that is there";
        if (LanguageOf(delivery) is not { Length: > 0 } language)
            return "their language is not known; set Render:Captions:Language of the channel";
        if (!delivery.Account.Token.MaySendSubtitles())
            return await ForbiddenAsync(delivery, cancel);
        try
        {
            await RequireUnitsAsync(delivery, cancel);
            return await IsThereAsync(delivery, language, cancel) ? null : await AddAsync(delivery, language, cancel);
        }
        catch (YouTubeRefusedException e) when (e.Refusal.Kind == RefusalKind.Exists)
        {
            return null;
        }
        catch (YouTubeRefusedException e) when (e.Refusal.Kind == RefusalKind.ScopeMissing)
        {
            return await ForbiddenAsync(delivery, cancel);
        }
        catch (YouTubeRefusedException e)
        {
            return e.Message;
        }
        catch (UnavailableException e) when (time.GetUtcNow() - delivery.Promise.PublishedAt > Patience)
        {
            return $"given up after {Patience.TotalDays:0} days: {e.Message}";
        }
    }

    // What is spoken need not be the language of the title.
    private string? LanguageOf(Delivery delivery)
    {
        var item = delivery.Shipment.Item;
        var channel = options.Value.Channels.GetValueOrDefault(item.Channel);
        string?[] known = [channel?.Render.Captions.Language, item.Origin?.Language, delivery.To.Language];
        // Twitch says so of a stream whose language it has no name for.
        return Array.Find(known, language => language is { Length: > 0 } and not "other");
    }

    private async Task<string> ForbiddenAsync(Delivery delivery, CancellationToken cancel)
    {
        var (name, subject) = (delivery.Account.Name, YouTubeAccount.SubjectOf(delivery.Account.Name));
        var reason = $"the login '{name}' {Lack}. {YouTubeToken.Mend(name)}";
        await alerts.RaiseAsync(NotAllowed, subject, AlertLevel.Warning, reason, cancel);
        return reason;
    }

    private async Task RequireUnitsAsync(Delivery delivery, CancellationToken cancel)
    {
        var today = await quota.StandingAsync(delivery.Project, QuotaBucket.Units, cancel);
        if (today.Left - ListUnits - InsertUnits < today.Cap / ShareOfOthers)
            throw new NotYetException(
                PacificDay.After(time.GetUtcNow()),
                $"the subtitles wait for the next day of {delivery.Project}: {today.Left} units are left"
            );
    }

    private async Task<bool> IsThereAsync(Delivery delivery, string language, CancellationToken cancel)
    {
        var video = delivery.Promise.RemoteId!;
        var page = await calls.AskAsync(
            delivery,
            ListUnits,
            s => s.CaptionsAsync(video, cancel),
            cancel,
            isOptional: true
        );
        return page.Items?.Any(c =>
                c.Snippet is { TrackKind: "standard", Name: null or "" } there
                && language.Equals(there.Language, StringComparison.OrdinalIgnoreCase)
            ) == true;
    }

    /// <returns>What YouTube does not like about it; null: all is well.</returns>
    private async Task<string?> AddAsync(Delivery delivery, string language, CancellationToken cancel)
    {
        var file = await File.ReadAllBytesAsync(delivery.Shipment.Subtitles, cancel);
        var about = new CaptionResource
        {
            Snippet = new()
            {
                VideoId = delivery.Promise.RemoteId,
                Language = language,
                Name = "",
            },
        };
        var added = await calls.AskAsync(
            delivery,
            InsertUnits,
            s => s.AddCaptionsAsync(about, file, cancel),
            cancel,
            isOptional: true
        );
        return added.Snippet is { Status: "failed" } broken
            ? $"YouTube cannot use them: {broken.FailureReason ?? "no reason given"}"
            : null;
    }
}
