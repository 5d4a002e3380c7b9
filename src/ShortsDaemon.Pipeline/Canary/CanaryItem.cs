using ShortsDaemon.Media.Filters;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Pipeline.Canary;

/// <summary>
/// The item that shows whether a Short could be made now. It walks the way of all items, but belongs to a channel that no
/// configuration can name, and is told to nobody.
/// </summary>
public static class CanaryItem
{
    /// <summary>A channel's own name has no dot.</summary>
    public const string Channel = ".canary";

    /// <summary>Below those that the database gives: it uses up no number that somebody will see.</summary>
    public static ItemId Id { get; } = new(-1);

    internal static string Inbox(DataFolder data) => Path.Combine(data.Canary, "in");

    internal static string Outbox(DataFolder data) => Path.Combine(data.Canary, "out");

    internal static FolderSourceOptions Source(DataFolder data) =>
        new()
        {
            Type = FolderSource.TypeName,
            Path = Inbox(data),
            SettleSeconds = 0,
        };

    /// <summary>Costs as little as may be: no backdrop, few frames.</summary>
    internal static ChannelOptions ChannelIn(DataFolder data) =>
        new()
        {
            Sources = [Source(data)],
            Render = new RenderOptions { Layout = LayoutName.CentreCrop, MaxFrameRate = 24 },
            Destinations = [new FolderDestinationOptions { Type = FolderPublisher.TypeName, Path = Outbox(data) }],
        };
}
