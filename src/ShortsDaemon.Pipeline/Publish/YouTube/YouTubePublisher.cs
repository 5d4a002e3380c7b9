using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Publish.YouTube.Uploading;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Brings the Short to a YouTube channel, exactly once, and sees to it until it can be watched.</summary>
public sealed class YouTubePublisher(
    YouTubeAccounts accounts,
    YouTubeUploader uploader,
    YouTubeFinisher finisher,
    UploadList uploads,
    Alerts alerts
) : IPublisher
{
    public const string TypeName = "YouTube";

    // Read back once after a restore, so it may take long: 20,000 uploads.
    private const int MostPages = 400;

    public string Type => TypeName;

    public async Task<string> PublishAsync(Shipment shipment, DestinationOptions options, CancellationToken cancel)
    {
        var to = (YouTubeDestinationOptions)options;
        var account = await accounts.OpenAsync(to.Credentials, cancel);
        await RequireChannelAsync(account, to, cancel);
        var delivery = new Delivery(shipment, to, account);
        if (delivery.Promise.RemoteId is null)
            await uploader.UploadAsync(delivery, cancel);
        await finisher.FinishAsync(delivery, cancel);
        return delivery.Promise.RemoteId!;
    }

    public async Task<IReadOnlyList<FoundUpload>> ReadBackAsync(
        string destination,
        DestinationOptions options,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        var to = (YouTubeDestinationOptions)options;
        var account = await accounts.OpenAsync(to.Credentials, cancel);
        await RequireChannelAsync(account, to, cancel);
        List<FoundUpload> found = [];
        try
        {
            await foreach (var videos in uploads.ReadAsync(new(destination, account), since, MostPages, cancel))
                found.AddRange(videos.Select(video => Marked(video, destination)).OfType<FoundUpload>());
        }
        catch (Exception e) when (e is UploadsUnreadableException or YouTubeRefusedException)
        {
            throw new UnavailableException($"YouTube does not tell what the channel has: {e.Message}", e);
        }
        return found;
    }

    private static FoundUpload? Marked(VideoResource video, string destination)
    {
        var about = video.Snippet;
        return ShortMarker.In([.. about?.Tags ?? [], about?.Description]) is not { } marker
            ? null
            : new FoundUpload
            {
                Marker = marker,
                Destination = destination,
                RemoteId = video.Id!,
                Title = about!.Title,
                PublishedAt = about.PublishedAt,
            };
    }

    // Somebody else's channel must never get a Short of ours.
    private async Task RequireChannelAsync(
        YouTubeAccount account,
        YouTubeDestinationOptions to,
        CancellationToken cancel
    )
    {
        var found = account.Token.ChannelId;
        var subject = YouTubeAccount.SubjectOf(account.Name);
        if (found.Length > 0 && (to.ChannelId.Length == 0 || to.ChannelId == found))
        {
            await alerts.ResolveAsync(YouTubeTrouble.WrongChannel, subject, cancel);
            return;
        }
        var reason =
            $"The login '{account.Name}' is for channel '{found}' ({account.Token.ChannelTitle}), the configuration wants "
            + $"'{to.ChannelId}'. {YouTubeToken.Mend(account.Name)}";
        await alerts.RaiseAsync(YouTubeTrouble.WrongChannel, subject, AlertLevel.Critical, reason, cancel);
        throw new CredentialException(reason);
    }
}
