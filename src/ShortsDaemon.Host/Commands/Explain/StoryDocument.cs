using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>The story of an item for scripts. Instants are in UTC.</summary>
internal static class StoryDocument
{
    public static object Of(ItemStory story)
    {
        var item = story.Item;
        return new
        {
            Id = item.Id.Value,
            item.Channel,
            item.Source,
            item.ExternalId,
            item.Title,
            item.Location,
            item.State,
            item.Reason,
            item.NotBefore,
            item.HurriedAt,
            item.PublishAfter,
            item.ApprovedAt,
            item.WantedTitle,
            item.WantedLayout,
            item.WantedCaptions,
            item.DiscoveredAt,
            item.RecordedAt,
            item.ChangedAt,
            item.SizeBytes,
            item.Facts,
            item.Origin,
            item.Trouble,
            item.IsRefused,
            item.Score,
            item.RunId,
            item.Tries,
            item.Waits,
            item.StepsBack,
            item.ContentHash,
            DuplicateOf = item.DuplicateOf?.Value,
            Duplicates = story.Duplicates.Select(duplicate => duplicate.Id.Value),
            Decisions = Decisions(story),
            Attempts = Attempts(story),
            Renditions = Renditions(story),
            Publications = Publications(story),
            Previews = Previews(story),
            Audit = story.Audit.Select(AuditDocument.Of),
        };
    }

    private static IEnumerable<object> Previews(ItemStory story) =>
        story.Previews.Select(p => new
        {
            p.Destination,
            p.Text.Title,
            p.Text.Description,
            p.Text.Tags,
            p.Text.Language,
            p.Holds,
        });

    private static IEnumerable<object> Decisions(ItemStory story) =>
        story.Decisions.Select(d => new
        {
            d.At,
            d.Verdict,
            d.Rule,
            d.Reason,
            d.Score,
            d.Features,
        });

    private static IEnumerable<object> Attempts(ItemStory story) =>
        story.Attempts.Select(a => new
        {
            a.Stage,
            a.StartedAt,
            Seconds = (a.EndedAt - a.StartedAt).TotalSeconds,
            a.Result,
            a.Reason,
        });

    private static IEnumerable<object> Renditions(ItemStory story) =>
        story.Renditions.Select(r => new
        {
            r.MadeAt,
            r.Layout,
            r.Encoder,
            r.FrameRate,
            r.LengthSeconds,
            r.EncodeSeconds,
            r.SourceLufs,
            r.SourceSilentSeconds,
            r.GainDb,
            r.Sha256,
            r.SizeBytes,
            r.Checks,
            r.Cut,
            Score = QualityScore.Of(r.Quality),
            r.Quality,
        });

    private static IEnumerable<object> Publications(ItemStory story) =>
        story.Publications.Select(p => new
        {
            p.Destination,
            p.ReservedName,
            p.IntendedAt,
            p.SlotAt,
            p.PublishedAt,
            p.RemoteId,
            p.Sha256,
        });
}
