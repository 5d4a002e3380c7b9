using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>One moment on its way to becoming a Short. Unique in its channel by source and external id.</summary>
public sealed class Item
{
    public ItemId Id { get; set; }

    /// <summary>Name of the channel; stays when the channel leaves the configuration.</summary>
    public required string Channel { get; set; }

    /// <summary>Which source found it, for instance "Folder:/srv/inbox".</summary>
    public required string Source { get; set; }

    /// <summary>The plug-in's type: what stands before the colon of <see cref="Source"/>.</summary>
    public string SourceType => Source[..Source.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The source's own name for it.</summary>
    public required string ExternalId { get; set; }

    /// <summary>What a person calls it.</summary>
    public required string Title { get; set; }

    /// <summary>Where the source finds it again: a path or address.</summary>
    public required string Location { get; set; }

    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset DiscoveredAt { get; set; }
    public long SizeBytes { get; set; }

    /// <summary>What is known of the recording; null until it could be looked at.</summary>
    public ClipFacts? Facts { get; set; }

    /// <summary>Where a clip of a stream comes from; null for plain recordings.</summary>
    public ClipOrigin? Origin { get; set; }

    /// <summary>Why it could not be looked at, or why it can never become a Short; null when neither.</summary>
    public string? Trouble { get; set; }

    /// <summary>The trouble is final.</summary>
    public bool IsRefused { get; set; }

    /// <summary>It ended because its source had it no more. Should it show up there again, it starts anew.</summary>
    public bool IsGone { get; set; }

    public ItemState State { get; set; }

    /// <summary>Score of the selection; null until selected.</summary>
    public double? Score { get; set; }

    /// <summary>The run that selected it; null until then.</summary>
    public long? RunId { get; set; }

    /// <summary>No work before this time; null: at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When a person asked to have it published without regard to windows, spacing and daily cap; null: nobody has.</summary>
    public DateTimeOffset? HurriedAt { get; set; }

    /// <summary>A person wants it published no earlier; null: nobody does.</summary>
    public DateTimeOffset? PublishAfter { get; set; }

    /// <summary>When a person approved the Short that stands there now; null: nobody has.</summary>
    public DateTimeOffset? ApprovedAt { get; set; }

    /// <summary>Title that a person wants instead of that of the template; null: that of the template.</summary>
    public string? WantedTitle { get; set; }

    /// <summary>Layout that a person wants; null: that of the channel.</summary>
    public LayoutName? WantedLayout { get; set; }

    /// <summary>Whether a person wants captions; null: as the channel has them.</summary>
    public bool? WantedCaptions { get; set; }

    /// <summary>Failures of the present stage.</summary>
    public int Tries { get; set; }

    /// <summary>How often the present stage had to wait for something around it.</summary>
    public int Waits { get; set; }

    /// <summary>How often a lost file sent the item back.</summary>
    public int StepsBack { get; set; }

    /// <summary>Why it stands where it stands, in words.</summary>
    public string? Reason { get; set; }

    /// <summary>SHA-256 of the source file in lower-case hex; null until downloaded.</summary>
    public string? ContentHash { get; set; }

    /// <summary>
    /// The item with the same content that came first or, when this one was not downloaded, the one that stands for the same moment.
    /// </summary>
    public ItemId? DuplicateOf { get; set; }

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Guards against two writers.</summary>
    public long Version { get; set; }

    /// <summary>Goes on to a state; what was counted in the one before is over.</summary>
    public void Enter(ItemState state)
    {
        State = state;
        (Tries, Waits) = (0, 0);
        // An approval is for the very Short that was seen.
        if (state != ItemState.Publish)
            ApprovedAt = null;
    }
}

/// <summary>What is known of a recording before it is downloaded.</summary>
/// <param name="LengthSeconds">s.</param>
/// <param name="Width">px, as shown; 0: not known before the download.</param>
/// <param name="Height">px, as shown; 0: not known before the download.</param>
/// <param name="HasSound">There is an audio stream, as far as is known.</param>
public sealed record ClipFacts(double LengthSeconds, int Width, int Height, bool HasSound)
{
    /// <summary>Loudness range of the sound in LU; null: not measured.</summary>
    public double? LoudnessRange { get; init; }

    /// <summary>Picture and sound were looked at; what a platform lists tells the length only.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPictureKnown => Height > 0;

    public override string ToString() =>
        FormattableString.Invariant($"{LengthSeconds:0.#} s")
        + (Height > 0 ? FormattableString.Invariant($", {Width}×{Height}") : "")
        + (HasSound ? "" : ", no sound");
}
