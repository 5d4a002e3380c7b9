using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>Something to do at YouTube for a destination.</summary>
/// <param name="Destination">Channel and destination, for instance main/YouTube.</param>
/// <param name="Account">The login.</param>
internal record Errand(string Destination, YouTubeAccount Account)
{
    public string Project => Account.Client.Project;

    /// <summary>What is shut when the destination is: "destination:main/YouTube".</summary>
    public string Scope => PostingPlace.DestinationDoor(Destination);
}

/// <summary>One Short on its way to one channel.</summary>
internal sealed record Delivery(Shipment Shipment, YouTubeDestinationOptions To, YouTubeAccount Account)
    : Errand(Shipment.Publication.Destination, Account)
{
    public Publication Promise => Shipment.Publication;

    /// <summary>Commits what has to be remembered before the next step.</summary>
    public Task NoteAsync(Action<Publication> change, CancellationToken cancel) =>
        Shipment.Outbox.NoteAsync(Promise, change, cancel);

    /// <summary>Adds to what is to be known of how it ended; the same is said once.</summary>
    public Task RemarkAsync(string more, CancellationToken cancel) =>
        NoteAsync(p => p.Remark = Joined(p.Remark, more), cancel);

    /// <param name="remark">What is known; null: nothing.</param>
    /// <param name="more">What comes to it; null: nothing.</param>
    public static string? Joined(string? remark, string? more) =>
        (remark, more) switch
        {
            (_, null) => remark,
            (null, _) => more,
            _ when remark.Contains(more, StringComparison.Ordinal) => remark,
            _ => $"{remark}; {more}",
        };
}
