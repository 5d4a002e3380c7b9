namespace ShortsDaemon.World.Twitch;

/// <summary>A bucket for the application, one for each user, and those of endpoints with a limit of their own.</summary>
internal sealed class RateLimits(TimeProvider time, TwitchSwitches switches)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, int Size), TokenBucket> _buckets = [];

    /// <summary>Takes one point of the token's bucket.</summary>
    public BucketState TakePoint(IssuedToken token) =>
        Take("helix " + (token.UserId ?? "app"), switches.RatePoints, switches.RateRefill);

    /// <summary>Takes one call of clips/downloads.</summary>
    public BucketState TakeDownload(IssuedToken token) =>
        Take("downloads " + (token.UserId ?? "app"), switches.DownloadsPerMinute, TimeSpan.FromMinutes(1));

    private BucketState Take(string owner, int size, TimeSpan refill)
    {
        lock (_lock)
        {
            if (!_buckets.TryGetValue((owner, size), out var bucket))
                _buckets[(owner, size)] = bucket = new(size, time.GetUtcNow());
            return bucket.Take(time.GetUtcNow(), refill);
        }
    }
}

/// <summary>A token bucket that fills continuously.</summary>
internal sealed class TokenBucket(int size, DateTimeOffset now)
{
    private double _points = size;
    private DateTimeOffset _at = now;

    /// <param name="now">By the world's clock.</param>
    /// <param name="refill">Time from empty to full.</param>
    public BucketState Take(DateTimeOffset now, TimeSpan refill)
    {
        _points = Math.Min(size, _points + (size * Math.Max(0, (now - _at) / refill)));
        _at = now;
        var taken = _points >= 1;
        _points -= taken ? 1 : 0;
        var full = now + (refill * ((size - _points) / size));
        return new(taken, size, (int)_points, (long)Math.Ceiling(full.ToUnixTimeMilliseconds() / 1000.0));
    }
}

/// <param name="Taken">There was a point.</param>
/// <param name="Limit">Size of the bucket.</param>
/// <param name="Remaining">Whole points left.</param>
/// <param name="Reset">Unix seconds when it is full again.</param>
internal readonly record struct BucketState(bool Taken, int Limit, int Remaining, long Reset);
