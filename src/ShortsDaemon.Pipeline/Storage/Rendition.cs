using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>A Short that was made. The latest of an item is the one that counts.</summary>
public sealed class Rendition
{
    public long Id { get; set; }
    public ItemId ItemId { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public required string Layout { get; set; }

    /// <summary>ffmpeg's name of the encoder.</summary>
    public required string Encoder { get; set; }

    /// <summary>Frames per second.</summary>
    public double FrameRate { get; set; }
    public double LengthSeconds { get; set; }

    /// <summary>Wall time of the encode in s.</summary>
    public double EncodeSeconds { get; set; }

    /// <summary>Integrated loudness of the source in LUFS; −70: no sound.</summary>
    public double SourceLufs { get; set; }

    /// <summary>Silent stretches of the source in s.</summary>
    public double SourceSilentSeconds { get; set; }

    /// <summary>Where those stretches begin and end, in turn, in s of the Short; null: not known.</summary>
    public List<double>? SilenceTimes { get; set; }

    /// <summary>Integrated loudness it was made for, in LUFS: the configuration may ask for another one since.</summary>
    public double TargetLufs { get; set; }

    /// <summary>Change of level in dB.</summary>
    public double GainDb { get; set; }

    /// <summary>SHA-256 of the file that passed the gate, lower-case hex; null before.</summary>
    public string? Sha256 { get; set; }
    public long SizeBytes { get; set; }
    public List<CheckResult> Checks { get; set; } = [];

    /// <summary>What of the recording it shows and why, in words; null: all of it.</summary>
    public string? Cut { get; set; }

    /// <summary>How good the gate found it, part by part; empty before.</summary>
    public List<QualityPart> Quality { get; set; } = [];
}

/// <summary>One check of the gate.</summary>
/// <param name="Check">Its name, for instance LoudnessCheck.</param>
/// <param name="Passed">It did.</param>
/// <param name="Finding">What was measured, with units, and what is allowed.</param>
public sealed record CheckResult(string Check, bool Passed, string Finding)
{
    /// <summary>The reason of a refusal for programs, for instance loudness; empty in rows of old.</summary>
    public string Code { get; init; } = "";
}

/// <summary>Outbox row: the promise to bring one item to one destination, exactly once.</summary>
public sealed class Publication
{
    public long Id { get; set; }
    public ItemId ItemId { get; set; }
    public long RenditionId { get; set; }

    /// <summary>Channel and destination, for instance "inbox/Folder".</summary>
    public required string Destination { get; set; }

    /// <summary>Name reserved at the destination before anything is sent; unique there.</summary>
    public string? ReservedName { get; set; }

    /// <summary>Where it is: path or remote id; null until it arrived.</summary>
    public string? RemoteId { get; set; }

    /// <summary>Hash that was shipped.</summary>
    public required string Sha256 { get; set; }
    public DateTimeOffset IntendedAt { get; set; }

    /// <summary>When it is to appear there: the posting slot taken for it; null: as soon as possible.</summary>
    public DateTimeOffset? SlotAt { get; set; }

    /// <summary>What finds it again among the uploads of a channel, should everything else be lost; null: not needed there.</summary>
    public string? Marker { get; set; }

    /// <summary>Address of the resumable upload; a secret. Null: none was opened, or it has done its work.</summary>
    public string? SessionUri { get; set; }

    /// <summary>When bytes may have been sent into that session last; at first when it was opened.</summary>
    public DateTimeOffset? SessionAt { get; set; }

    /// <summary>Bytes that the destination has acknowledged.</summary>
    public long AcknowledgedBytes { get; set; }

    /// <summary>Title that was sent.</summary>
    public string? Title { get; set; }

    /// <summary>When it had arrived there; null: it has not, as far as we know.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When the thumbnail was accepted, or refused for good; null: not yet tried, or not wanted.</summary>
    public DateTimeOffset? ThumbnailAt { get; set; }

    /// <summary>When it was put into the playlist; null: not yet, or not wanted.</summary>
    public DateTimeOffset? PlaylistAt { get; set; }

    /// <summary>When there was nothing left to do there: processing verified, thumbnail and playlist done.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Why the destination took it down or never showed it, for instance "duplicate"; null: it did not.</summary>
    public string? Rejection { get; set; }

    /// <summary>What is to be known of how it ended, in words: a thumbnail refused, processing never confirmed. Null: nothing.</summary>
    public string? Remark { get; set; }

    /// <summary>Something may have been sent there, or may be there: from then on the Short is neither made anew nor called back.</summary>
    public bool HasBegun =>
        (RemoteId ?? SessionUri ?? Marker ?? ReservedName) is not null || (SessionAt ?? PublishedAt) is not null;
}
