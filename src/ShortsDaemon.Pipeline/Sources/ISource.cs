using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources;

/// <summary>A place clips come from.</summary>
public interface ISource
{
    /// <summary>The plug-in's one name: the Type in the configuration.</summary>
    string Type { get; }

    /// <summary>
    /// Names the place these options point to; stays the same as long as the clips there are the same ones. A place that may be
    /// renamed tells its lasting name with its listing.
    /// </summary>
    string Identify(SourceOptions options);

    /// <summary>Lists what is there now. Cheap: nothing is opened or downloaded.</summary>
    Task<Listing> ListAsync(SourceOptions options, CancellationToken cancel);

    /// <summary>Looks at one clip closely.</summary>
    /// <exception cref="Media.RefusedMediaException">It can never become a Short.</exception>
    /// <exception cref="FileNotFoundException">It is gone. Should it be listed again, it starts anew.</exception>
    /// <exception cref="IOException">It cannot be looked at now.</exception>
    Task<ClipFacts> DescribeAsync(Item item, CancellationToken cancel);

    /// <summary>
    /// Brings the clip's file to the given path, which does not exist yet. What should survive a failed try goes to
    /// <see cref="Flow.WorkFolder.Scratch"/> of that path.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is gone. Should it be listed again, it starts anew.</exception>
    /// <exception cref="Media.RefusedMediaException">It is not what was found, and never will be again.</exception>
    Task FetchAsync(Item item, string path, CancellationToken cancel);

    /// <summary>Told once the Short is out; may be told again after a crash.</summary>
    Task ReleaseAsync(Item item, SourceOptions options, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>What a source has.</summary>
/// <param name="Clips">All that could be taken now.</param>
/// <param name="LookAgainAfter">There is more, which will be ready in this time; null: nothing known.</param>
public sealed record Listing(IReadOnlyList<FoundClip> Clips, TimeSpan? LookAgainAfter = null)
{
    /// <summary>Name under which its clips are kept, for a place that only the platform can name for good; null: what Identify says.</summary>
    public string? Identity { get; init; }
}

/// <param name="ExternalId">The source's own name for it; never given to another clip.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Location">Where the source finds it again.</param>
/// <param name="RecordedAt">When it was recorded or made.</param>
/// <param name="SizeBytes">Size of the file; 0 when unknown.</param>
public sealed record FoundClip(
    string ExternalId,
    string Title,
    string Location,
    DateTimeOffset RecordedAt,
    long SizeBytes
)
{
    /// <summary>What the listing already tells of the recording; null: it has to be described.</summary>
    public ClipFacts? Facts { get; init; }

    /// <summary>Where a clip of a stream comes from; null for plain recordings.</summary>
    public ClipOrigin? Origin { get; init; }
}
