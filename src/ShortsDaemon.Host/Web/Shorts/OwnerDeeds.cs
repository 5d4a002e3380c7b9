using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>What is given with a deed; whatever it does not need is left alone.</summary>
internal sealed record DeedWish
{
    public string? Reason { get; init; }
    public LayoutName? Layout { get; init; }
    public bool? Captions { get; init; }
    public string? Title { get; init; }
    public PublishTime? When { get; init; }
}

/// <summary>
/// What a person may do with an item, by the names that pages and API give it. What has begun is brought to its end even when
/// the browser has gone away.
/// </summary>
internal sealed class OwnerDeeds(ItemActions actions, PublishWishes wishes, Hurry hurry)
{
    public static IReadOnlyList<string> Names { get; } =
    ["approve", "undo", "reject", "cancel", "retry", "render", "publish", "edit"];

    /// <exception cref="ActionRefusedException">It was not done, and why.</exception>
    public Task DoAsync(string name, ItemId id, string who, DeedWish wish) =>
        name switch
        {
            "approve" => actions.ApproveAsync(id, who),
            "undo" => actions.UndoAsync(id, who),
            "reject" => actions.RejectAsync(id, who, wish.Reason),
            "cancel" => actions.CancelAsync(id, who),
            "retry" => actions.RetryAsync(id, who),
            "render" => actions.RenderAsync(id, who, wish.Layout, wish.Captions),
            "publish" => hurry.AskAsync(id, who, CancellationToken.None),
            "edit" => wishes.EditAsync(id, who, wish.Title, wish.When),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such deed"),
        };
}
