using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Puts channel and item into every log line written inside it.</summary>
public static class ItemScope
{
    public static IDisposable? BeginItem(this ILogger log, string channel, string item) =>
        log.BeginScope(
            new Dictionary<string, object>
            {
                ["Channel"] = channel,
                ["ItemId"] = item,
                ["Where"] = $"[{channel} #{item}] ",
            }
        );

    public static IDisposable? BeginItem(this ILogger log, Item item) =>
        log.BeginItem(item.Channel, item.Id.ToString());

    public static IDisposable? BeginChannel(this ILogger log, string channel) =>
        log.BeginScope(new Dictionary<string, object> { ["Channel"] = channel, ["Where"] = $"[{channel}] " });
}
