using System.Collections.Concurrent;
using System.Globalization;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Jobs.Watch;

/// <summary>What the scheduler's jobs are at, for the watchdog.</summary>
internal sealed class RunsUnderWay(LiveOptions live)
{
    private readonly ConcurrentDictionary<WatchedRun, bool> _all = new();

    public IReadOnlyCollection<WatchedRun> All => [.. _all.Keys];

    public WatchedRun OfItem(ItemId item) =>
        Begin(item == CanaryItem.Id ? "canary" : $"item {item}", item, sign => StillLimits.Of(sign.Stage, live.Value));

    public WatchedRun OfChannel(string channel) => Begin($"channel {channel}", null, _ => StillLimits.Channel);

    public WatchedRun OfJob(string job) => Begin($"job {job}", null, _ => StillLimits.Job);

    /// <returns>One line for the service manager.</returns>
    public string InWords()
    {
        var counts = _all.Keys.CountBy(run => run.Subject.Split(' ')[0]).OrderBy(kind => kind.Key);
        var words = string.Join(", ", counts.Select(kind => Count(kind.Key, kind.Value)));
        return words.Length == 0 ? "Waiting for work" : "At work: " + words;
    }

    private static string Count(string kind, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {kind}{(count == 1 ? "" : "s")}");

    private WatchedRun Begin(string subject, ItemId? item, Func<WorkSign, TimeSpan> limit)
    {
        var run = new WatchedRun(subject, item, limit, over => _all.TryRemove(over, out _));
        _all[run] = true;
        run.Sign.Carry();
        return run;
    }
}
