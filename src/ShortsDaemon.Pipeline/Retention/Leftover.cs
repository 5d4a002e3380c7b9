namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Something whose time is over.</summary>
/// <param name="Kind">Log, service output, work folder, preview, upload, outbox, archive, history.</param>
/// <param name="What">The file or folder, or which rows.</param>
/// <param name="Reason">Why it may go.</param>
/// <param name="Count">Files, or rows.</param>
/// <param name="SizeBytes">What its going sets free at once; 0 for rows.</param>
public sealed record Leftover(string Kind, string What, string Reason, long Count, long SizeBytes)
{
    /// <summary>Removes it, if it still may go. False: it was left alone.</summary>
    internal Func<CancellationToken, Task<bool>> RemoveAsync { get; init; } = _ => Task.FromResult(false);
}

/// <summary>One kind of thing that is cleared away.</summary>
internal interface IRetentionRule
{
    /// <summary>Finds what may go, and changes nothing.</summary>
    Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel);
}
