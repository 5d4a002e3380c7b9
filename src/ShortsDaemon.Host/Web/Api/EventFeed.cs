using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>Sends what happens to whoever listens over the API, with a sign of life while nothing does.</summary>
internal sealed class EventFeed(EventShelf shelf, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>So often a listener hears something.</summary>
    internal static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    // Who may listen is asked at the beginning only: a listener has to come back, and goes on where it was.
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="only">Events of this item; null: all.</param>
    /// <param name="lastId">Of the last event that the listener has; empty: it is new.</param>
    /// <param name="cancel">The listener has gone.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(
        ItemId? only,
        string lastId,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var (begun, heard) = (time.GetTimestamp(), time.GetTimestamp());
        var place = shelf.PlaceAfter(lastId, out var isLost);
        if (isLost)
            yield return Lost(null);
        yield return SignOfLife();
        while (!end.IsCancellationRequested && time.GetElapsedTime(begun) < Longest)
        {
            var batch = shelf.Take(place);
            place = batch.Next;
            if (batch.Lost > 0)
                yield return Lost(batch.Lost);
            foreach (var told in batch.Events.Where(told => only is null || told.Item == only))
            {
                yield return new SseItem<string>(told.Data, told.Type) { EventId = shelf.IdOf(told) };
                heard = time.GetTimestamp();
            }
            if (time.GetElapsedTime(heard) >= Beat)
            {
                yield return SignOfLife();
                heard = time.GetTimestamp();
            }
            await WaitAsync(batch.More, Beat - time.GetElapsedTime(heard), end.Token);
        }
    }

    private async Task WaitAsync(Task more, TimeSpan longest, CancellationToken end)
    {
        try
        {
            if (longest > TimeSpan.Zero)
                await more.WaitAsync(longest, time, end);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Nothing happened, or it is over: the loop looks.
        }
    }

    private SseItem<string> SignOfLife() =>
        new($$"""{"at":"{{time.GetUtcNow().ToString("o", CultureInfo.InvariantCulture)}}"}""", "beat");

    /// <param name="events">How many of all items; null: nobody knows, the daemon has started anew.</param>
    private static SseItem<string> Lost(long? events) =>
        new($$"""{"events":{{events?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""", "lost");
}
