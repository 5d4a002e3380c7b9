using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>What would be written with an item at one destination, by the configuration of now.</summary>
/// <param name="Destination">Channel and destination.</param>
/// <param name="Text">Title, description, tags.</param>
/// <param name="Holds">Doors on the way there that are shut.</param>
public sealed record PostPreview(string Destination, PostText Text, IReadOnlyList<Hold> Holds)
{
    /// <returns>One for each destination with an audience; none for an item that ended on the way.</returns>
    public static async Task<IReadOnlyList<PostPreview>> ReadAsync(
        ShortsDb db,
        ShortsOptions options,
        Item item,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        if (item.State is ItemState.Rejected or ItemState.Failed or ItemState.Expired)
            return [];
        var previews = new List<PostPreview>();
        foreach (var place in PostingPlace.All(options).Where(place => Is(place, item)))
            previews.Add(
                new(
                    place.Name,
                    PostText.Of(item, place.Options, place.Options.Limits),
                    await PostingStanding.HoldsAsync(db, place, now, cancel)
                )
            );
        return previews;
    }

    private static bool Is(PostingPlace place, Item item) =>
        string.Equals(place.Channel, item.Channel, StringComparison.OrdinalIgnoreCase);
}
