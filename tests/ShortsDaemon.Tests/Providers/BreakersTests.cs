using System.Net;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Providers;

internal sealed class BreakersTests
{
    private const string Provider = "Twitch";

    private FlowWorld _world = null!;
    private int _calls;

    [SetUp]
    public void MakeWorld() => (_world, _calls) = (new FlowWorld(), 0);

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task It_opens_after_failures_in_a_row_and_lets_nothing_through()
    {
        await FailAsync(4);
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
        await FailAsync(1);
        var until = _world.Clock.GetUtcNow().AddSeconds(30);
        var refused = Assert.ThrowsAsync<NotYetException>(() => WorkAsync());
        Assert.That(refused!.Until, Is.EqualTo(until));
        Assert.That(refused.Message, Does.Contain(Provider).And.Contain("answered 503").And.Contain($"{until:u}"));
        Assert.That(_calls, Is.EqualTo(5), "the refused one was not made");
    }

    [Test]
    public async Task A_success_between_failures_begins_the_count_anew()
    {
        await FailAsync(4);
        await WorkAsync();
        await FailAsync(4);
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
        Assert.That((await BreakerAsync()).Failures, Is.EqualTo(4));
    }

    [Test]
    public async Task It_stays_open_for_longer_each_time_up_to_a_limit()
    {
        await FailAsync(5);
        List<double> waits = [];
        for (var i = 0; i < 7; i++)
        {
            waits.Add(((await BreakerAsync()).ProbeAt! - _world.Clock.GetUtcNow()).Value.TotalSeconds);
            _world.Clock.Advance(TimeSpan.FromSeconds(waits[^1]));
            await FailAsync(1);
        }
        Assert.That(waits, Is.EqualTo(new double[] { 30, 60, 120, 240, 480, 900, 900 }));
    }

    [Test]
    public async Task A_probe_that_works_closes_it_and_the_next_opening_is_short_again()
    {
        await OpenAsync(openings: 3);
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await WorkAsync();
        await WorkAsync();
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
        await FailAsync(5);
        Assert.That((await BreakerAsync()).ProbeAt, Is.EqualTo(_world.Clock.GetUtcNow().AddSeconds(30)));
    }

    [Test]
    public async Task Of_many_that_come_at_the_same_moment_one_is_the_probe()
    {
        await OpenAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = Enumerable.Range(0, 20).Select(_ => Task.Run(() => CallAsync(() => answer.Task))).ToList();
        List<Task> refused = [];
        while (refused.Count < 19)
        {
            refused.Add(await Task.WhenAny(all.Except(refused)));
            Assert.That(refused[^1].Exception?.InnerException, Is.InstanceOf<NotYetException>());
        }
        Assert.That(_calls, Is.EqualTo(6), "five failures and the probe");
        answer.SetResult(1);
        await Task.WhenAll(all.Except(refused));
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
    }

    [Test]
    public async Task A_slow_probe_stays_the_only_one_of_its_process()
    {
        await OpenAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var probe = CallAsync(() => answer.Task);
        await BegunAsync(6);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.ThrowsAsync<NotYetException>(() => WorkAsync());
        answer.SetResult(1);
        await probe;
        await WorkAsync();
    }

    [Test]
    public async Task A_restart_changes_nothing()
    {
        await OpenAsync(openings: 2);
        _world.Restart();
        Assert.ThrowsAsync<NotYetException>(() => WorkAsync());
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await WorkAsync();
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
    }

    [Test]
    public async Task A_probe_that_died_with_its_process_is_followed_by_another()
    {
        await OpenAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        _ = CallAsync(() => new TaskCompletionSource<int>().Task);
        await BegunAsync(6);
        _world.Restart();
        Assert.ThrowsAsync<NotYetException>(() => WorkAsync());
        _world.Clock.Advance(BreakerRules.ProbeLease);
        await WorkAsync();
    }

    [Test]
    public async Task A_probe_that_was_cancelled_leaves_its_turn_to_the_next()
    {
        await OpenAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        using var stop = new CancellationTokenSource();
        var probe = Get()
            .RunAsync<int>(Provider, token => Task.Delay(-1, token).ContinueWith(_ => Stop(token)), stop.Token);
        await PollAsync(async () => await StateAsync() == BreakerState.HalfOpen);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => probe);
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Open));
        await WorkAsync();
    }

    private static IEnumerable<TestCaseData> Endings()
    {
        yield return Case(new HttpRequestException("x", null, HttpStatusCode.BadGateway), true);
        yield return Case(new HttpRequestException("x", null, HttpStatusCode.TooManyRequests), false);
        yield return Case(new HttpRequestException("x", null, HttpStatusCode.NotFound), false);
        yield return Case(new HttpRequestException("x", null, HttpStatusCode.RequestTimeout), false);
        yield return Case(new HttpRequestException(HttpRequestError.NameResolutionError), true);
        yield return Case(new HttpRequestException(HttpRequestError.SecureConnectionError), true);
        yield return Case(new TaskCanceledException("timeout"), true);
        yield return Case(new HttpIOException(HttpRequestError.ResponseEnded), true);
        yield return Case(new ProviderDownException("x"), true);
        yield return Case(new UnavailableException("x"), false);
        yield return Case(new IOException("disk full"), false);
        yield return Case(new RefusedMediaException("x"), false);

        static TestCaseData Case(Exception e, bool counts) =>
            new(e, counts) { TestName = $"{e.GetType().Name} {e.Message} counts: {counts}" };
    }

    [TestCaseSource(nameof(Endings))]
    public async Task Only_what_means_that_the_provider_is_down_counts(Exception exception, bool counts)
    {
        for (var i = 0; i < 5; i++)
            Assert.CatchAsync(() => CallAsync(() => Task.FromException<int>(exception)));
        Assert.That(await StateAsync(), Is.EqualTo(counts ? BreakerState.Open : BreakerState.Closed));
    }

    [Test]
    public async Task Failures_side_by_side_are_all_counted()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => FailAsync(1))));
        var breaker = await BreakerAsync();
        Assert.That((breaker.State, breaker.Openings), Is.EqualTo((BreakerState.Open, 1)));
        Assert.That(breaker.Failures, Is.EqualTo(_calls));
    }

    [Test]
    public async Task Each_provider_has_its_own()
    {
        await FailAsync(5);
        Assert.That(await Get().RunAsync("YouTube", _ => Task.FromResult(7), CancellationToken.None), Is.EqualTo(7));
    }

    [Test]
    public async Task The_owner_hears_of_it_once_and_that_it_is_well_again()
    {
        await OpenAsync(openings: 3);
        await using var db = _world.Open();
        var alert = await db.Alerts.AsNoTracking().SingleAsync();
        Assert.That(
            (alert.Rule, alert.Subject, alert.ResolvedAt),
            Is.EqualTo(("BreakerOpen", Provider, (DateTimeOffset?)null))
        );
        Assert.That(alert.Message, Does.Contain("answered 503").And.Contain("breaker reset Twitch"));
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        await WorkAsync();
        Assert.That((await db.Alerts.AsNoTracking().SingleAsync()).ResolvedAt, Is.EqualTo(_world.Clock.GetUtcNow()));
    }

    [Test]
    public async Task What_a_clock_in_the_future_wrote_down_does_not_keep_it_open()
    {
        _world.Clock.JumpWallClock(TimeSpan.FromDays(365));
        await OpenAsync();
        _world.Clock.JumpWallClock(TimeSpan.FromDays(-365));
        _world.Restart();
        await WorkAsync();
        Assert.That(await StateAsync(), Is.EqualTo(BreakerState.Closed));
    }

    [Test]
    public async Task A_reset_closes_it_at_once()
    {
        await OpenAsync();
        Assert.That(await Get().ResetAsync(Provider, CancellationToken.None), Is.True);
        Assert.That(await Get().ResetAsync("Nobody", CancellationToken.None), Is.False);
        await WorkAsync();
        await using var db = _world.Open();
        Assert.That((await db.Alerts.SingleAsync()).ResolvedAt, Is.Not.Null);
    }

    [Test]
    public async Task A_database_that_fails_afterwards_does_not_take_the_result_away()
    {
        await FailAsync(1);
        var result = await CallAsync(async () =>
        {
            await using var db = _world.Open();
            await db.Database.ExecuteSqlRawAsync("drop table Breakers");
            return 42;
        });
        Assert.That(result, Is.EqualTo(42));
    }

    private Breakers Get() => _world.Get<Breakers>();

    private Task<int> CallAsync(Func<Task<int>> call) =>
        Get()
            .RunAsync(
                Provider,
                _ =>
                {
                    Interlocked.Increment(ref _calls);
                    return call();
                },
                CancellationToken.None
            );

    private Task<int> WorkAsync() => CallAsync(() => Task.FromResult(1));

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
            try
            {
                await CallAsync(() =>
                    Task.FromException<int>(new ProviderDownException("Twitch GET /clips answered 503"))
                );
            }
            catch (UnavailableException)
            {
                // as told; side by side with others it may be open already
            }
    }

    private async Task OpenAsync(int openings = 1)
    {
        await FailAsync(5);
        for (var i = 1; i < openings; i++)
        {
            _world.Clock.Advance(BreakerRules.OpenTime(i));
            await FailAsync(1);
        }
        Assert.That((await BreakerAsync()).Openings, Is.EqualTo(openings));
    }

    private async Task<Breaker> BreakerAsync() => (await Get().ListAsync(CancellationToken.None)).Single();

    private async Task<BreakerState> StateAsync() => (await BreakerAsyncOrNone())?.State ?? BreakerState.Closed;

    private async Task<Breaker?> BreakerAsyncOrNone() =>
        (await Get().ListAsync(CancellationToken.None)).SingleOrDefault();

    private Task BegunAsync(int calls) => PollAsync(() => Task.FromResult(_calls == calls));

    private static async Task PollAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 1000 && !await condition(); i++)
            await Task.Delay(5);
        Assert.That(await condition(), Is.True);
    }

    private static int Stop(CancellationToken token) => throw new OperationCanceledException(token);
}
