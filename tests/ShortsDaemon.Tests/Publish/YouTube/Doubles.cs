using System.Collections.Concurrent;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>Counts, and refuses until tomorrow what was learned to be empty.</summary>
internal sealed class CountingQuota(TimeProvider time) : IUploadQuota
{
    private readonly ConcurrentDictionary<string, long> _spent = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _empty = new();

    public DateTimeOffset Tomorrow => time.GetUtcNow() + TimeSpan.FromHours(10);

    public long Spent(string bucket) => _spent.GetValueOrDefault(bucket);

    public Task SpendAsync(string project, string bucket, long cost, CancellationToken cancel)
    {
        if (_empty.TryGetValue(bucket, out var until) && until > time.GetUtcNow())
            throw new NotYetException(until, $"{bucket} are used up");
        _spent.AddOrUpdate(bucket, cost, (_, before) => before + cost);
        return Task.CompletedTask;
    }

    public Task<DateTimeOffset> LearnAsync(string project, string bucket, string reason, CancellationToken cancel) =>
        Task.FromResult(_empty[bucket] = Tomorrow);
}

internal sealed class PlainWords : IVideoText
{
    public VideoText Of(Item item, YouTubeDestinationOptions to) =>
        new(item.Title, "About it", ["gaming", "two words"], to.Language);
}
