using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Knows candidates that would show once more what was shown already.</summary>
internal sealed class Repeats
{
    public const string MomentRule = "Moment";
    private const string TitleRule = "RepeatedTitle";

    private readonly SelectionOptions _options;
    private readonly ILookup<string, Item> _taken;
    private readonly ILookup<string, PastPost> _postsById;
    private readonly ILookup<string, PastPost> _postsByTitle;
    private readonly ILookup<(string, string), KnownTitle> _titles;

    public Repeats(IEnumerable<Item> candidates, Known known, SelectionOptions options)
    {
        _options = options;
        _taken = known.Taken.Where(i => i.Origin is not null).ToLookup(i => i.Origin!.BroadcasterId);
        _postsById = known.Posts.Where(p => p.ExternalId is not null).ToLookup(p => p.ExternalId!);
        _postsByTitle = known.Posts.Where(p => p.TitleKey is not null).ToLookup(p => p.TitleKey!);
        _titles = candidates
            .Where(i => i.Origin is not null)
            .Select(i => new KnownTitle(i.Id, i.Origin!.BroadcasterId, i.Title, IsTaken: false, Moments.IsPlaced(i)))
            .Concat(known.Titles)
            .ToLookup(t => (t.BroadcasterId, TitleKey.Of(t.Title)));
    }

    /// <returns>Why it is known that an older tool has posted this very clip; null when none has.</returns>
    public string? PostedBefore(Item item) =>
        _postsById[item.ExternalId].FirstOrDefault() is { } post ? $"posted before by another tool{Place(post)}" : null;

    /// <returns>The rejection of a repeat; null when it shows something new.</returns>
    public Judgement? Of(Judgement judgement)
    {
        var item = judgement.Item;
        if (item.Origin is not { } origin)
            return null;
        if (_taken[origin.BroadcasterId].FirstOrDefault(t => Moments.AreOne(item, t, _options)) is { } taken)
            return Reject(
                judgement,
                MomentRule,
                $"it shows the same moment as item {taken.Id} ('{taken.Title}'), which {Standing(taken)}",
                taken.Id
            );
        return _options.TitleDays > 0 && TitleKey.Telling(item.Title) is { } key
            ? OfTitle(judgement, origin, key)
            : null;
    }

    // Most clips bear the title of the whole stream. A title is evidence only as long as one single other clip bears it.
    private Judgement? OfTitle(Judgement judgement, ClipOrigin origin, string key)
    {
        var item = judgement.Item;
        var bearers = _titles[(origin.BroadcasterId, key)].ToList();
        var others = bearers.Count - 1;
        if (others == 0 && _postsByTitle[key].FirstOrDefault(p => IsNear(p, item)) is { } post)
            return Reject(judgement, TitleRule, $"its title was posted before by another tool{Place(post)}", null);
        if (others != 1 || bearers.Find(t => t.IsTaken) is not { } posted)
            return null;
        return posted.IsPlaced && Moments.IsPlaced(item)
            ? null
            : Reject(
                judgement,
                TitleRule,
                $"item {posted.Id} has the same title, and it cannot be told that it shows another moment",
                posted.Id
            );
    }

    private bool IsNear(PastPost post, Item item) =>
        post.PostedAt is not { } at || Math.Abs((at - item.RecordedAt).TotalDays) <= _options.TitleDays;

    private static Judgement Reject(Judgement judgement, string rule, string reason, ItemId? of) =>
        judgement with
        {
            Verdict = Verdict.Rejected,
            Rule = rule,
            Reason = reason,
            DuplicateOf = of,
        };

    private static string Place(PastPost post) => post.RemoteId is { } video ? $" (video {video})" : "";

    private static string Standing(Item item) =>
        item.State == ItemState.Published ? "is published already" : "is under way already";
}
