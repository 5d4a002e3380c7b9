namespace ShortsDaemon.World.YouTube;

/// <summary>How the processing of a video ends.</summary>
/// <param name="Status">uploadStatus then: processed, failed, rejected; uploaded: it never ends.</param>
/// <param name="Reason">failureReason or rejectionReason.</param>
public sealed record ProcessingOutcome(string Status, string? Reason = null)
{
    public static ProcessingOutcome Succeeds { get; } = new("processed");

    public static ProcessingOutcome NeverEnds { get; } = new("uploaded");

    /// <param name="reason">conversion, invalidFile, emptyFile, tooSmall, codec, uploadAborted.</param>
    public static ProcessingOutcome Fails(string reason) => new("failed", reason);

    /// <param name="reason">copyright, inappropriate, duplicate, termsOfUse, length, claim, trademark, legal…</param>
    public static ProcessingOutcome Rejects(string reason) => new("rejected", reason);
}
