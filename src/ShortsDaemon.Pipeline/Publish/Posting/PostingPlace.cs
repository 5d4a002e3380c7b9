using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.YouTube;

namespace ShortsDaemon.Pipeline.Publish.Posting;

/// <summary>One destination with an audience, and what it shares with others.</summary>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Name">Channel and destination, as in <see cref="Storage.Publication.Destination"/>.</param>
/// <param name="Zone">Zone of the channel.</param>
/// <param name="Options">When it may post, and what is written.</param>
/// <param name="Account">For instance YouTube/main; null: it needs none.</param>
/// <param name="Project">Whose daily quota an upload costs, for instance YouTube/123456; null: nobody's.</param>
public sealed record PostingPlace(
    string Channel,
    string Name,
    TimeZoneInfo Zone,
    PostingOptions Options,
    string? Account,
    string? Project
)
{
    /// <summary>Those of all channels, whether on or off.</summary>
    public static IReadOnlyList<PostingPlace> All(ShortsOptions options) =>
        [
            .. options.Channels.SelectMany(channel =>
                channel
                    .Value.Destinations.OfType<PostingOptions>()
                    .Select(destination => Of(options, channel.Key, channel.Value, destination))
            ),
        ];

    public static PostingPlace Of(
        ShortsOptions options,
        string channel,
        ChannelOptions settings,
        PostingOptions destination
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var youTube = destination as YouTubeDestinationOptions;
        return new(
            channel,
            destination.NameIn(channel),
            zone,
            destination,
            youTube is null ? null : $"YouTube/{youTube.Credentials}",
            youTube is null ? null : YouTubeProject.Of(options, youTube.Credentials)
        );
    }

    /// <summary>The doors on the way there, see <see cref="Flow.Holds"/>.</summary>
    /// <param name="progress">How far a Short has come: what it has passed already does not keep it.</param>
    public IReadOnlyList<string> Doors(PostingProgress progress = PostingProgress.Waiting)
    {
        List<string> doors = [RestoreDoor, RestoreDoorOf(Name)];
        if (Account is not null)
            doors.Add(AccountDoor(Account));
        if (progress < PostingProgress.Arrived)
            doors.Add(DestinationDoor(Name));
        if (progress < PostingProgress.Begun && Project is not null)
            doors.Add(UploadsDoor(Project));
        return doors;
    }

    /// <summary>Shut by a restore for every destination, until each has a door of its own.</summary>
    public const string RestoreDoor = "restore";

    /// <summary>Shut after a restore until the destination has been read back.</summary>
    /// <param name="name">Channel and destination, for instance gaming/YouTube.</param>
    public static string RestoreDoorOf(string name) => $"{RestoreDoor}:{name}";

    /// <param name="account">Platform and account, for instance YouTube/main.</param>
    public static string AccountDoor(string account) => $"account:{account}";

    /// <param name="name">Channel and destination, for instance gaming/YouTube.</param>
    public static string DestinationDoor(string name) => $"destination:{name}";

    /// <param name="project">For instance YouTube/123456.</param>
    public static string UploadsDoor(string project) => $"project:{project}/uploads";
}

/// <summary>How far the Short of a publication has come.</summary>
public enum PostingProgress
{
    /// <summary>Nothing has been sent.</summary>
    Waiting,

    /// <summary>An upload session is open; its quota is spent.</summary>
    Begun,

    /// <summary>It is there; only its processing, thumbnail and the like are left.</summary>
    Arrived,
}
