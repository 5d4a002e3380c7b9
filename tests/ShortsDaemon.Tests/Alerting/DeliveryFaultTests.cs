using Microsoft.Extensions.Diagnostics.HealthChecks;
using NUnit.Framework;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Health;

namespace ShortsDaemon.Tests.Alerting;

/// <summary>Receivers that do not answer, and daemons that die.</summary>
internal sealed class DeliveryFaultTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private AlertWorld _world = null!;
    private Ear Ear => _world.Ear;

    [SetUp]
    public void MakeWorld() => _world = new AlertWorld(new EarOptions());

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task A_receiver_that_was_down_is_told_once_it_is_back()
    {
        Fail(new NotToldException("it answered 503"));
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(60 * Minute);
        Assert.That(Ear.Tries, Is.InRange(6, 12), "with growing pauses");
        Assert.That(
            _world.Log.Text,
            Does.Contain("Ear could not be told (2 times in a row), again at").And.Contain("it answered 503")
        );
        Ear.Before = () => Task.CompletedTask;
        await _world.PassAsync(16 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
    }

    [Test]
    public async Task A_pause_that_is_asked_for_is_kept()
    {
        Fail(new NotToldException("it answered 429", TimeSpan.FromMinutes(20)));
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(20.5 * Minute);
        Assert.That(Ear.Tries, Is.EqualTo(1));
        await _world.PassAsync(2 * Minute);
        Assert.That(Ear.Tries, Is.EqualTo(2));
    }

    [Test]
    public async Task One_that_is_down_holds_up_no_other()
    {
        _world.Configure(new EarOptions { Name = "a" }, new EarOptions { Name = "b" });
        Ear.Before = () => Ear.Tries % 2 == 1 ? throw new NotToldException("down") : Task.CompletedTask;
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(1.1 * Minute);
        Assert.That(Ear.Notices, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Health_tells_who_cannot_be_told_and_what_is_given_up()
    {
        Assert.That((await HealthAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
        Fail(new NotToldException("it answered 401"));
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(10 * Minute);
        var health = await HealthAsync();
        Assert.That(health.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(health.Description, Does.StartWith("Ear could not be told").And.Contain("it answered 401"));
        Assert.That(health.Data["Ear.waiting"], Is.EqualTo(1));
        await _world.ResolveAsync("DiskLow");
        _world.Clock.Advance(TimeSpan.FromDays(4));
        await _world.PassAsync(Minute);
        Assert.That((await _world.DeliveriesAsync()).Single().State, Is.EqualTo(DeliveryState.GivenUp));
        Assert.That(_world.Log.Text, Does.Contain("Error: Ear was not told of 1 alerts; they are given up"));
        Assert.That(
            (await HealthAsync()).Description,
            Does.EndWith("Ear was never told of 1 alerts: see ShortsDaemon alerts.")
        );
        Ear.Before = () => Task.CompletedTask;
        await _world.RaiseAsync("QuotaEmpty");
        await _world.PassAsync(20 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised QuotaEmpty/main"));
        Assert.That((await HealthAsync()).Description, Does.StartWith("Ear was never told of 1 alerts"));
    }

    [Test]
    public async Task A_restart_neither_loses_nor_repeats()
    {
        await _world.RaiseAsync("DiskLow");
        await _world.LookAsync();
        _world.Restart();
        Fail(new NotToldException("down"));
        await _world.PassAsync(2 * Minute);
        _world.Restart();
        Ear.Before = () => Task.CompletedTask;
        await _world.PassAsync(5 * Minute);
        _world.Restart();
        await _world.PassAsync(5 * Minute);
        await _world.ResolveAsync("DiskLow");
        await _world.PassAsync(Minute);
        _world.Restart();
        await _world.PassAsync(10 * Minute);
        _world.Restart();
        await _world.PassAsync(10 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main | Resolved DiskLow/main"));
    }

    [Test]
    public async Task A_stop_while_it_is_being_told_waits_for_the_outcome()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Ear.Before = () =>
        {
            begun.TrySetResult();
            return goOn.Task;
        };
        await _world.RaiseAsync("DiskLow");
        _world.Clock.Advance(2 * Minute);
        var dispatcher = _world.Dispatch();
        await dispatcher.StartAsync(default);
        await begun.Task.WaitAsync(Minute);
        var stop = dispatcher.StopAsync(default);
        Assert.That(stop.IsCompleted, Is.False);
        goOn.SetResult();
        await stop.WaitAsync(Minute);
        _world.Restart();
        await _world.PassAsync(5 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
    }

    [Test]
    public async Task No_secret_is_told_to_anybody_else()
    {
        const string Secret = "4711:Very-Secret";
        await using var far = await FakeReceiver.StartAsync();
        _world.Configure(
            new TelegramReceiverOptions
            {
                Type = "Telegram",
                BotToken = Secret,
                ChatId = "1",
                ApiBaseUrl = far.Url,
            }
        );
        for (var i = 0; i < 10; i++)
            far.Answer(401 + i % 2 * 99, $"refused https://api.telegram.org/bot{Secret}/sendMessage");
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(5 * Minute);
        Assert.That(far.Calls, Has.Count.GreaterThan(2));
        await using var db = _world.World.Open();
        var health = await HealthAsync();
        var told =
            _world.Log.Text
            + health.Description
            + string.Join(' ', health.Data)
            + db.AlertReceivers.Single().LastError
            + db.AlertDeliveries.Single().LastError;
        Assert.That(told, Does.Contain("it answered 401").And.Contain("it answered 500"));
        Assert.That(told, Does.Not.Contain(Secret));
    }

    [Test]
    public async Task A_clock_that_was_a_year_ahead_keeps_nothing_back()
    {
        _world.Clock.JumpWallClock(TimeSpan.FromDays(365));
        Fail(new NotToldException("down"));
        await _world.RaiseAsync("DiskLow");
        await _world.PassAsync(5 * Minute);
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-365));
        Ear.Before = () => Task.CompletedTask;
        await _world.PassAsync(5 * Minute);
        Assert.That(Ear.Story, Is.EqualTo("Raised DiskLow/main"));
    }

    private void Fail(NotToldException why) => Ear.Before = () => throw why;

    private Task<HealthCheckResult> HealthAsync() =>
        HealthSandbox.AskAsync(
            new AlertsHealth(_world.World.Databases, _world.World.Live, _world.World.Get<HealthPings>(), _world.Clock)
        );
}
