using System.Globalization;
using System.Text.Json;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Api;

/// <summary>
/// The latest events, kept once for all listeners, each of whom is only a place among them: a slow one costs no memory,
/// and is told how many it has missed.
/// </summary>
internal sealed class EventShelf : IDisposable
{
    /// <summary>So many events are kept.</summary>
    public const int Kept = 512;

    private static readonly JsonSerializerOptions Format = new(JsonOutput.Format) { WriteIndented = false };

    private readonly Lock _lock = new();
    private readonly Told[] _events = new Told[Kept];
    private readonly Dictionary<ItemId, int> _percents = [];
    private readonly FlowEvents _flow;
    private readonly Alerts _alerts;
    private readonly TimeProvider _time;

    // Numbers begin anew with each start of the daemon; this tells one from the other.
    private readonly string _life;
    private long _next;
    private TaskCompletionSource _more = Signal();

    public EventShelf(FlowEvents flow, Alerts alerts, TimeProvider time)
    {
        (_flow, _alerts, _time) = (flow, alerts, time);
        _life = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        _flow.Happened += Note;
        _alerts.Changed += Note;
    }

    public string IdOf(Told told) => string.Create(CultureInfo.InvariantCulture, $"{_life}-{told.Number}");

    /// <param name="id">Of the last event that a listener has; empty: it wants what comes from now on.</param>
    /// <param name="isLost">What came after that event is not known any more.</param>
    public long PlaceAfter(string id, out bool isLost)
    {
        lock (_lock)
        {
            var last = NumberOf(id);
            isLost = id.Length > 0 && last is null;
            return last + 1 ?? _next;
        }
    }

    /// <returns>All that came since, as far as it is kept.</returns>
    public Batch Take(long place)
    {
        lock (_lock)
        {
            var from = Math.Max(place, _next - Kept);
            var events = new List<Told>();
            for (var number = from; number < _next; number++)
                events.Add(_events[number % Kept]);
            return new Batch(events, from - place, _next, _more.Task);
        }
    }

    public void Dispose()
    {
        _flow.Happened -= Note;
        _alerts.Changed -= Note;
    }

    private void Note(FlowEvent happened)
    {
        if (happened.Item.Id == CanaryItem.Id)
            return;
        switch (happened)
        {
            case FlowEvent.StageStarted(var item, var stage):
                Add("item", item.Id, Describe(item, stage, null, null));
                break;
            case FlowEvent.StageEnded(var item, var stage, var result, var took):
                Add("item", item.Id, Describe(item, stage, result, took));
                break;
            case FlowEvent.StageProgressed(var item, var stage, var progress) when IsNews(item.Id, progress.Percent):
                Add(
                    "progress",
                    item.Id,
                    new
                    {
                        At = _time.GetUtcNow(),
                        Item = item.Id.Value,
                        item.Channel,
                        Stage = stage,
                        progress.Percent,
                        progress.Speed,
                        SecondsLeft = progress.Left?.TotalSeconds,
                    }
                );
                break;
        }
        if (happened is FlowEvent.StageEnded)
            lock (_lock)
                _percents.Remove(happened.Item.Id);
    }

    private object Describe(Item item, ItemState stage, AttemptResult? result, TimeSpan? took) =>
        new
        {
            At = _time.GetUtcNow(),
            Item = item.Id.Value,
            item.Channel,
            item.Title,
            item.State,
            Stage = stage,
            Result = result,
            TookSeconds = took?.TotalSeconds,
            Reason = result is null ? null : SecretFree.Text(item.Reason),
        };

    private void Note(Alert alert) =>
        Add(
            "alert",
            null,
            new
            {
                At = _time.GetUtcNow(),
                alert.Rule,
                alert.Subject,
                alert.Level,
                Message = SecretFree.Text(alert.Message),
                IsOpen = alert.ResolvedAt is null,
            }
        );

    // An encoder tells how far it is several times a second.
    private bool IsNews(ItemId item, double percent)
    {
        lock (_lock)
        {
            if (_percents.TryGetValue(item, out var known) && known == (int)percent)
                return false;
            _percents[item] = (int)percent;
            return true;
        }
    }

    private long? NumberOf(string id) =>
        id.Split('-') is [var life, var text]
        && life == _life
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < _next
            ? number
            : null;

    private void Add(string type, ItemId? item, object what)
    {
        var data = JsonSerializer.Serialize(what, Format);
        TaskCompletionSource more;
        lock (_lock)
        {
            _events[_next % Kept] = new Told(_next, type, item, data);
            _next++;
            (more, _more) = (_more, Signal());
        }
        more.TrySetResult();
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="Number">Its place among all of this start.</param>
    /// <param name="Type">item, progress or alert.</param>
    /// <param name="Item">To which it happened; null: to none.</param>
    /// <param name="Data">JSON in one line.</param>
    internal sealed record Told(long Number, string Type, ItemId? Item, string Data);

    /// <param name="Events">In their order.</param>
    /// <param name="Lost">How many before them are not kept any more.</param>
    /// <param name="Next">Where to go on.</param>
    /// <param name="More">Ends when there is another one.</param>
    internal sealed record Batch(IReadOnlyList<Told> Events, long Lost, long Next, Task More);
}
