using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands;

/// <summary>What would be posted at one destination, and when.</summary>
/// <param name="Standing">The destination as it stands.</param>
/// <param name="Posts">Best first.</param>
internal sealed record PlannedPosts(PostingStanding Standing, IReadOnlyList<PlannedPost> Posts)
{
    public static async Task<PlannedPosts> ReadAsync(
        ShortsDb db,
        ShortsOptions options,
        PostingPlace place,
        IReadOnlyList<Item> winners,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var standing = await PostingStanding.ReadAsync(db, options, place, now, cancel);
        var slots = await PostingStanding.ForeseeAsync(db, options, place, now, winners.Count, cancel);
        var texts = winners.Select(item => PostText.Of(item, place.Options, place.Options.Limits));
        return new(standing, [.. texts.Select((text, i) => new PlannedPost(text, i < slots.Count ? slots[i] : null))]);
    }

    public IEnumerable<string> Lines()
    {
        var clock = new ChannelClock(Standing.Place.Zone, Standing.Place.Zone.Id);
        foreach (var line in PostingLines.Tell(Standing))
            yield return line;
        foreach (var post in Posts)
        {
            yield return $"    {(post.Slot is { } slot ? clock.SayWithOffset(slot) : "no slot within a year")}  {post.Text.Title}";
            if (post.Text.Tags.Count > 0)
                yield return $"      tags: {string.Join(", ", post.Text.Tags)}";
        }
    }

    public object Describe() =>
        new
        {
            Destination = Standing.Place.Name,
            Standing.NextUploadAt,
            UploadsLeft = Standing.Uploads?.Left,
            Posts = Posts.Select(p => new
            {
                p.Slot,
                p.Text.Title,
                p.Text.Description,
                p.Text.Tags,
                p.Text.Language,
            }),
        };
}

/// <param name="Text">What would be written with it.</param>
/// <param name="Slot">When it would appear; null: no slot within a year.</param>
internal sealed record PlannedPost(PostText Text, DateTimeOffset? Slot);
