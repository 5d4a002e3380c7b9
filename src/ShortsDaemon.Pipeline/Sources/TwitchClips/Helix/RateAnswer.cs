using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>What the headers of an answer tell about the rate limit.</summary>
/// <param name="Limit">Points of a minute.</param>
/// <param name="Remaining">Points left.</param>
/// <param name="Wait">How long to wait after a refusal.</param>
internal sealed record RateAnswer(double? Limit, double? Remaining, TimeSpan Wait)
{
    // An empty bucket is full again after a minute; a time far from that comes from a clock that is wrong.
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestBelievable = TimeSpan.FromMinutes(2);

    // So that many who wait for the same moment do not all come in its first instant.
    private static readonly TimeSpan LongestJitter = TimeSpan.FromMilliseconds(500);

    public static RateAnswer Of(HttpResponseMessage answer, DateTimeOffset now) =>
        new(
            Number(answer.Headers, "Ratelimit-Limit"),
            Number(answer.Headers, "Ratelimit-Remaining"),
            WaitOf(answer, now) + LongestJitter * Random.Shared.NextDouble()
        );

    /// <summary>The common points are used up; otherwise a refusal is about the path alone.</summary>
    public bool IsEmpty => Remaining is null or < 1;

    private static TimeSpan WaitOf(HttpResponseMessage answer, DateTimeOffset now)
    {
        if (answer.StatusCode != HttpStatusCode.TooManyRequests)
            return TimeSpan.Zero;
        if (answer.Headers.RetryAfter is { } after && (after.Delta ?? after.Date - now) is { } told)
            return Within(told) ?? LongestBelievable;
        if (Number(answer.Headers, "Ratelimit-Reset") is not { } seconds)
            return Refill;
        var reset = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        // Their clock first: ours may be off.
        return (answer.Headers.Date is { } theirs ? Within(reset - theirs) : null) ?? Within(reset - now) ?? Refill;
    }

    private static TimeSpan? Within(TimeSpan wait) => wait >= TimeSpan.Zero && wait <= LongestBelievable ? wait : null;

    private static double? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && double.TryParse(values.First(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
