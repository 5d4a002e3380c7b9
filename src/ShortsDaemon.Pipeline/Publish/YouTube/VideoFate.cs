using ShortsDaemon.Pipeline.Publish.YouTube.Api;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What became of a video after its last byte.</summary>
internal abstract record VideoFate
{
    /// <summary>It can be watched.</summary>
    public sealed record Processed : VideoFate;

    /// <summary>Not decided.</summary>
    public sealed record Open : VideoFate;

    /// <summary>It never will be watched.</summary>
    public sealed record Refused(string Reason) : VideoFate;

    /// <param name="video">Status and processing; null: YouTube does not show it, yet or any more.</param>
    public static VideoFate Of(VideoResource? video)
    {
        var (status, processing) = (video?.Status, video?.ProcessingDetails);
        return (status?.UploadStatus, processing?.ProcessingStatus) switch
        {
            ("rejected", _) => new Refused($"rejected: {status.RejectionReason ?? "no reason given"}"),
            ("failed", _) => new Refused($"failed: {status.FailureReason ?? "no reason given"}"),
            ("deleted", _) => new Refused("deleted"),
            (_, "failed" or "terminated") => new Refused(
                $"processing {processing.ProcessingStatus}: {processing.ProcessingFailureReason ?? "no reason given"}"
            ),
            ("processed", _) or (_, "succeeded") => new Processed(),
            _ => new Open(),
        };
    }
}
