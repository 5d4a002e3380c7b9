using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.AfterRestore;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Health;

/// <summary>Can something be posted wherever it should, and when next?</summary>
internal sealed class PostingHealth(IDbContextFactory<ShortsDb> databases, LiveOptions live, TimeProvider time)
    : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var options = live.Value;
        var places = PostingPlace.All(options).Where(place => options.Channels[place.Channel].Enabled).ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var data = new Dictionary<string, object>();
        var troubles = new List<string>();
        foreach (var place in places)
        {
            var standing = await PostingStanding.ReadAsync(db, options, place, time.GetUtcNow(), cancellationToken);
            Add(data, standing);
            troubles.AddRange(Troubles(standing));
        }
        troubles.AddRange((await RestoreLock.ShutAsync(db, time.GetUtcNow(), cancellationToken)).Select(Say));
        // An account or project that several share is one trouble.
        var different = troubles.Distinct(StringComparer.Ordinal).ToList();
        if (different.Count > 0)
            return HealthCheckResult.Degraded(string.Join(" ", different), data: data);
        // Somebody wants it so: it is told and is no trouble.
        var paused = (await ChannelPause.AllAsync(db, time.GetUtcNow(), cancellationToken)).Values;
        var words = places.Count == 0 ? "No destination has posting times" : "Every destination can be posted to";
        return HealthCheckResult.Healthy(
            string.Join(". ", paused.Select(p => $"{p.Scope} is {p.Reason}").Prepend(words)),
            data
        );
    }

    private static void Add(Dictionary<string, object> data, PostingStanding standing)
    {
        var name = standing.Place.Name;
        data[$"{name}.today"] = standing.Today;
        data[$"{name}.waitingForSlot"] = standing.Coming.Count;
        if (standing.NextUploadAt is { } next)
            data[$"{name}.nextUploadPossibleUtc"] = next.UtcDateTime;
        if (standing.Coming is [var coming, ..])
            data[$"{name}.nextSlotUtc"] = coming.UtcDateTime;
        if (standing.Uploads is { } quota)
            data[$"{name}.uploadsLeft"] = quota.Left;
    }

    private static IEnumerable<string> Troubles(PostingStanding standing)
    {
        foreach (var hold in standing.Holds)
            yield return Say(hold);
        if (standing.Uploads is { Left: 0 } quota)
            yield return $"{standing.Place.Project} has no uploads left; the next are possible at {Say(quota.NextAt)}.";
    }

    private static string Say(Hold hold) =>
        hold.Until is { } until
            ? $"{hold.Scope} is held until {Say(until)}: {hold.Reason.TrimEnd('.')}."
            : $"{hold.Scope} is held until it is mended: {hold.Reason.TrimEnd('.')}.";

    private static string Say(DateTimeOffset instant) => instant.ToString("u", CultureInfo.InvariantCulture);
}
