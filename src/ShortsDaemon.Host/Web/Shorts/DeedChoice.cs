using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>Which deeds make sense where an item stands. The deed itself looks again.</summary>
internal sealed record DeedChoice
{
    public bool Approve { get; private init; }
    public bool Undo { get; private init; }
    public bool Retry { get; private init; }
    public bool Render { get; private init; }
    public bool Hurry { get; private init; }
    public bool Title { get; private init; }
    public bool Schedule { get; private init; }
    public bool Cancel { get; private init; }

    public bool Any => Approve || Undo || Retry || Render || Hurry || Title || Schedule || Cancel;

    public static DeedChoice Of(ItemStory story, DateTimeOffset now)
    {
        var item = story.Item;
        var isFree = !story.Publications.Any(p => p.HasBegun);
        var wasWorkedAt = story.Attempts.Count > 0;
        var isUnderWay = ItemStates.UnderWay.Contains(item.State);
        var endedBadly = item.State is ItemState.Failed or ItemState.Rejected;
        var isMade = item.State is ItemState.Review or ItemState.Publish;
        return new DeedChoice
        {
            Approve = item.State == ItemState.Review,
            Undo = ItemActions.IsUndoable(item, now),
            Retry = endedBadly && story.Attempts.Any(a => a.Result is AttemptResult.Failed or AttemptResult.Rejected),
            Render = isFree && wasWorkedAt && (isMade || endedBadly),
            Hurry = ItemStates.Working.Contains(item.State) && item.HurriedAt is null,
            Title = isFree && item.State is not (ItemState.Published or ItemState.Expired),
            Schedule = isFree && isUnderWay,
            Cancel = isFree && isUnderWay,
        };
    }
}
