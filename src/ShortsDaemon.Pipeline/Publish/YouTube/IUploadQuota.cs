namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What a Google project may still do today.</summary>
public interface IUploadQuota
{
    /// <summary>Takes it before the call.</summary>
    /// <param name="project">For instance YouTube/123456.</param>
    /// <param name="bucket">uploads or units.</param>
    /// <param name="cost">How much.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="Flow.NotYetException">It is used up; it says until when.</exception>
    Task SpendAsync(string project, string bucket, long cost, CancellationToken cancel);

    /// <summary>The platform says that it is used up, earlier than we thought.</summary>
    /// <returns>When there is some again.</returns>
    Task<DateTimeOffset> LearnAsync(string project, string bucket, string reason, CancellationToken cancel);
}
