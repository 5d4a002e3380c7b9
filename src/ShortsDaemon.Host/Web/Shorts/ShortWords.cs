using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Shorts;

/// <summary>What the wall and the page of an item say in a few words.</summary>
internal static class ShortWords
{
    public static string Standing(ItemState state) =>
        state switch
        {
            ItemState.Candidate => "waits to be selected",
            ItemState.Download => "to be downloaded",
            ItemState.Render => "to be rendered",
            ItemState.Gate => "to be checked",
            ItemState.Review => "waits to be approved",
            ItemState.Publish => "to be published",
            ItemState.Published => "published",
            ItemState.Rejected => "rejected",
            ItemState.Failed => "given up",
            ItemState.Expired => "expired",
            _ => state.ToString(),
        };

    /// <summary>Name of the look; what it means is said beside it.</summary>
    public static string Kind(ItemState state) =>
        state switch
        {
            ItemState.Published => "good",
            ItemState.Failed => "bad",
            ItemState.Rejected or ItemState.Expired => "fair",
            _ => "open",
        };

    public static string Kind(AttemptResult result) =>
        result switch
        {
            AttemptResult.Advanced => "good",
            AttemptResult.Failed or AttemptResult.Rejected => "bad",
            _ => "fair",
        };

    public static string Group(QualityGroup group) =>
        group switch
        {
            QualityGroup.Visual => "picture",
            QualityGroup.Content => "content",
            QualityGroup.Technical => "technique",
            _ => group.ToString(),
        };
}
