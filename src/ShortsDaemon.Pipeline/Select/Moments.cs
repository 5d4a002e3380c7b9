using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Which clips show the same moment of a stream.</summary>
internal static class Moments
{
    /// <summary>
    /// Goes from the best to the worst: each clip stands for its moment, unless a better one does. Clips are compared with
    /// the one that stands for the moment only; through a chain of neighbours a whole stream would become one moment.
    /// </summary>
    public static IReadOnlyList<Moment> Of(IEnumerable<Judgement> bestFirst, SelectionOptions options)
    {
        var moments = new List<Moment>();
        var byBroadcaster = new Dictionary<string, List<Moment>>(StringComparer.Ordinal);
        foreach (var clip in bestFirst)
        {
            var near = byBroadcaster.TryGetValue(clip.Item.Origin?.BroadcasterId ?? "", out var known) ? known : [];
            if (near.Find(m => AreOne(m.Best.Item, clip.Item, options)) is { } moment)
            {
                moment.Others.Add(clip);
                continue;
            }
            moments.Add(moment = new Moment(clip));
            near.Add(moment);
            if (clip.Item.Origin is { } origin)
                byBroadcaster[origin.BroadcasterId] = near;
        }
        return moments;
    }

    public static bool AreOne(Item a, Item b, SelectionOptions options)
    {
        if (a.Origin is not { } one || b.Origin is not { } other || one.BroadcasterId != other.BroadcasterId)
            return false;
        if (IsPlaced(a) && IsPlaced(b))
            return one.VideoId == other.VideoId && Gap(a, b) <= options.MomentGapSeconds;
        return Math.Abs((a.RecordedAt - b.RecordedAt).TotalSeconds) <= options.MomentWindowSeconds;
    }

    /// <summary>It is known where in the stream's recording it lies.</summary>
    public static bool IsPlaced(Item item) => item.Origin is { VideoId.Length: > 0, VodOffsetSeconds: not null };

    // Negative when they overlap.
    private static double Gap(Item a, Item b) => Math.Max(Begin(a), Begin(b)) - Math.Min(End(a), End(b));

    private static double Begin(Item item) => item.Origin!.VodOffsetSeconds!.Value;

    private static double End(Item item) => Begin(item) + (item.Facts?.LengthSeconds ?? 0);
}

/// <summary>Clips that show one moment.</summary>
/// <param name="Best">The one that stands for it.</param>
internal sealed record Moment(Judgement Best)
{
    public List<Judgement> Others { get; } = [];

    /// <summary>How many viewers made them; one whose name is not known counts as one.</summary>
    public int Viewers =>
        Others.Append(Best).Select(j => j.Item).DistinctBy(i => (i.Origin!.Creator, Nameless(i))).Count();

    private static string? Nameless(Item item) => item.Origin!.Creator.Length > 0 ? null : item.ExternalId;
}
