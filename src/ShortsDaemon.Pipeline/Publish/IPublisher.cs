using ShortsDaemon.Media.Commands;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish;

/// <summary>A kind of place Shorts are brought to.</summary>
public interface IPublisher
{
    /// <summary>The plug-in's one name: the Type in the configuration.</summary>
    string Type { get; }

    /// <summary>
    /// Brings the Short there, or finds that it is there already. Called again after a crash at any moment: what was done
    /// before must be found by what the outbox row says, never done twice. The row may still promise an earlier Short of
    /// the item (its Sha256): when that one has arrived it counts, otherwise <see cref="Outbox.RenewAsync"/> comes first.
    /// </summary>
    /// <returns>Where it is: path or remote id.</returns>
    /// <exception cref="Flow.NotYetException">
    /// It is known when to go on: the posting slot, the next quota day, the platform still processing. Called again then.
    /// </exception>
    /// <exception cref="Flow.UnavailableException">The destination cannot be used now.</exception>
    Task<string> PublishAsync(Shipment shipment, DestinationOptions options, CancellationToken cancel);

    /// <summary>Reads what is there already: after a restore the database may not know of it.</summary>
    /// <param name="destination">Channel and destination, for instance main/YouTube.</param>
    /// <param name="options">The destination.</param>
    /// <param name="since">What is older need not be told.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>All that can be told to be ours, whether the database knows it or not.</returns>
    /// <exception cref="Flow.UnavailableException">It cannot be read now, which says nothing of what is there.</exception>
    Task<IReadOnlyList<FoundUpload>> ReadBackAsync(
        string destination,
        DestinationOptions options,
        DateTimeOffset since,
        CancellationToken cancel
    );
}

/// <summary>What is shipped.</summary>
/// <param name="Item">The item.</param>
/// <param name="Rendition">The Short that passed the gate.</param>
/// <param name="Publication">Its outbox row, committed before the publisher is called.</param>
/// <param name="Video">Path of the very file whose hash the gate approved.</param>
/// <param name="Thumbnail">Path of the JPEG.</param>
/// <param name="Outbox">Saves what the publisher has to remember before its next step.</param>
public sealed record Shipment(
    Item Item,
    Rendition Rendition,
    Publication Publication,
    string Video,
    string Thumbnail,
    Outbox Outbox
)
{
    /// <summary>Path of the landscape JPEG; Shorts of earlier versions have none.</summary>
    public string WideThumbnail => ShortRequest.WideOf(Thumbnail);

    /// <summary>Path of the captions as SubRip; it is there only when the Short has some.</summary>
    public string Subtitles => Path.ChangeExtension(Video, ".srt");
}
