using System.ComponentModel.DataAnnotations;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>A YouTube channel.</summary>
public sealed class YouTubeDestinationOptions : PostingOptions
{
    /// <summary>Account name (see `auth youtube`): letters, digits, - and _.</summary>
    [
        Required,
        RegularExpression("^[A-Za-z0-9_-]+$", ErrorMessage = "an account name has only letters, digits, - and _")
    ]
    public string Credentials { get; init; } = "";

    /// <summary>Id of the channel it must be (UC…); another one is refused. Empty: the one that `auth youtube` showed.</summary>
    public string ChannelId { get; init; } = "";

    /// <summary>Who can see the Short. Always sent.</summary>
    public YouTubePrivacy Privacy { get; init; } = YouTubePrivacy.Private;

    /// <summary>
    /// True: uploaded as soon as it is made, and shown by YouTube at its slot (publishAt), even if the daemon is off then; needs Privacy Public.
    /// False: uploaded at its slot.
    /// </summary>
    public bool UploadAhead { get; init; }

    /// <summary>Category: 20 gaming, 22 people, 24 entertainment.</summary>
    [Range(1, 99)]
    public int Category { get; init; } = 20;

    /// <summary>Made for kids, in the sense of the law.</summary>
    public bool MadeForKids { get; init; }

    /// <summary>Realistic content that was altered or generated.</summary>
    public bool SyntheticMedia { get; init; }

    /// <summary>Tells the subscribers.</summary>
    public bool NotifySubscribers { get; init; } = true;

    /// <summary>Id of a playlist the Short is added to; empty: none.</summary>
    public string Playlist { get; init; } = "";

    /// <summary>Sends our thumbnail once YouTube has processed the Short.</summary>
    public bool Thumbnail { get; init; } = true;

    /// <summary>Sends the captions as subtitles, too: 450 units of quota for each Short that has some. The login needs a right for it.</summary>
    public bool Subtitles { get; init; }

    public override bool ShipsAhead => UploadAhead;

    public override PostLimits Limits => PostLimits.YouTube;
}

public enum YouTubePrivacy
{
    Private,
    Unlisted,
    Public,
}
