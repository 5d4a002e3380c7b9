using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>Receivers that keep what they hear, and a clock that the test moves. It starts on 2026-01-15 at 12:00 UTC.</summary>
internal sealed class AlertWorld : IDisposable
{
    private AlertDispatcher? _dispatcher;

    public AlertWorld(params ReceiverOptions[] receivers)
    {
        World = new FlowWorld(change: services => services.AddSingleton<IAlertChannel>(Ear));
        Configure(receivers);
    }

    public Ear Ear { get; } = new();
    public FlowWorld World { get; }
    public FakeTimeProvider Clock => World.Clock;
    public LinesLog Log { get; } = new();

    private AlertDispatcher Dispatcher =>
        _dispatcher ??= new(World.Databases, World.Live, World.Get<AlertChannels>(), Clock, Log);

    public void Configure(params ReceiverOptions[] receivers)
    {
        var now = World.Live.Value;
        World.Live.Accept(
            new ShortsOptions
            {
                Daemon = now.Daemon,
                Storage = now.Storage,
                Alerts = [.. receivers],
            }
        );
    }

    public Task RaiseAsync(string rule, string subject = "main", AlertLevel level = AlertLevel.Warning) =>
        World.Get<Alerts>().RaiseAsync(rule, subject, level, $"{rule} happened. Mend it.", default);

    public Task ResolveAsync(string rule, string subject = "main") =>
        World.Get<Alerts>().ResolveAsync(rule, subject, default);

    /// <summary>Lets time pass, with a look of the dispatcher every 5 s; over many minutes every 20 s, which is quicker.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var step = time < TimeSpan.FromMinutes(5) ? AlertDispatcher.Interval : TimeSpan.FromSeconds(20);
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Clock.Advance(step);
            await LookAsync();
        }
    }

    public Task LookAsync() => Dispatcher.LookAsync(default);

    public AlertDispatcher Dispatch() => Dispatcher;

    /// <summary>A new process over the same database.</summary>
    public void Restart()
    {
        World.Restart();
        _dispatcher = null;
    }

    public async Task<List<AlertDelivery>> DeliveriesAsync()
    {
        await using var db = World.Open();
        return await db.AlertDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var db = World.Open();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public void Dispose()
    {
        _dispatcher?.Dispose();
        World.Dispose();
    }
}

internal sealed class EarOptions : ReceiverOptions
{
    public EarOptions() => Type = Ear.TypeName;
}

/// <summary>A way to tell that needs no network.</summary>
internal sealed class Ear : IAlertChannel
{
    public const string TypeName = "Ear";

    private readonly ConcurrentQueue<(string Receiver, Notice Notice)> _heard = new();

    public string Type => TypeName;

    /// <summary>Comes before each message; throws what should go wrong with it.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;
    public int Tries { get; private set; }

    public IReadOnlyList<Notice> Notices => [.. _heard.Select(h => h.Notice)];

    /// <summary>"Raised DiskLow/main", "Resolved DiskLow/main ×3", a line for each entry, messages divided by a bar.</summary>
    public string Story =>
        string.Join(
            " | ",
            Notices.Select(n => string.Join(", ", n.Entries.Select(Say).Append(More(n)).OfType<string>()))
        );

    public string StoryOf(string receiver) =>
        string.Join(" | ", _heard.Where(h => h.Receiver == receiver).SelectMany(h => h.Notice.Entries).Select(Say));

    public async Task SendAsync(ReceiverOptions receiver, Notice notice, CancellationToken cancel)
    {
        Tries++;
        await Before();
        _heard.Enqueue((receiver.NameOrType, notice));
    }

    private static string Say(NoticeEntry entry) =>
        $"{entry.News} {entry.Rule}/{entry.Subject}"
        + (entry is { News: AlertNews.Raised, ResolvedAt: not null } ? " (over)" : "")
        + (entry.Times > 1 ? $" ×{entry.Times}" : "");

    private static string? More(Notice notice) => notice.More > 0 ? $"{notice.More} more" : null;
}

/// <summary>Keeps log lines.</summary>
internal sealed class LinesLog : ILogger<AlertDispatcher>
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => NullLogger.Instance.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
}
