using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;

namespace ShortsDaemon.Tests.Metrics;

internal sealed class GaugeBookTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public async Task However_many_ask_it_is_read_once_in_ten_seconds()
    {
        var source = new Source("one", () => Task.FromResult(5.0));
        var book = Book(source);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => book.ReadAsync()));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        await book.ReadAsync();
        Assert.That(source.Asked, Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await book.ReadAsync();

        Assert.That(source.Asked, Is.EqualTo(2));
    }

    [Test, CancelAfter(20_000)]
    public async Task One_that_fails_or_hangs_is_left_out_and_the_others_stay(CancellationToken cancel)
    {
        var never = new TaskCompletionSource<double>();
        var hanging = new Source("hanging", () => never.Task);
        var broken = new Source("broken", () => throw new IOException("no such disk"));
        var well = new Source("well", () => Task.FromResult(5.0));
        var book = Book(hanging, broken, well);

        // Its limit is waited for twice: by the one who asks and by itself.
        var families = await ReadAsync(timersOfHanging: 2, round: 1);

        Assert.That(Values(families, "shorts_well"), Is.EqualTo(new[] { 5.0 }));
        Assert.That(Values(families, "shorts_hanging").Concat(Values(families, "shorts_broken")), Is.Empty);
        Assert.That(Readable(families), Is.EqualTo(new[] { ("hanging", 0.0), ("broken", 0.0), ("well", 1.0) }));
        _clock.Advance(GaugeBook.Fresh);
        await ReadAsync(timersOfHanging: 1, round: 2);
        Assert.That((hanging.Asked, broken.Asked), Is.EqualTo((1, 2)), "one that hangs is not asked a second time");
        never.SetResult(7);
        _clock.Advance(GaugeBook.Fresh);
        Assert.That(Values(await book.ReadAsync(), "shorts_hanging"), Is.EqualTo(new[] { 7.0 }));

        // Lets the time pass once nothing but the hanging one is waited for.
        async Task<IReadOnlyList<Family>> ReadAsync(int timersOfHanging, int round)
        {
            var answer = book.ReadAsync();
            while (
                (hanging.Asked, broken.Asked, well.Asked, _clock.WaitingTimers) != (1, round, round, timersOfHanging)
            )
                await Task.Delay(5, cancel);
            _clock.Advance(GaugeSource.Limit);
            return await answer;
        }
    }

    private GaugeBook Book(params IGauges[] sources) => new(sources, _clock, NullLogger<GaugeBook>.Instance);

    private static IEnumerable<double> Values(IReadOnlyList<Family> families, string name) =>
        families.Single(f => f.Name == name).Samples.Select(s => s.Value);

    private static IEnumerable<(string, double)> Readable(IReadOnlyList<Family> families) =>
        families
            .Single(f => f.Name == "shortsdaemon_gauges_readable")
            .Samples.Select(s => (s.Labels.Single().Value, s.Value));

    private sealed class Source(string subject, Func<Task<double>> read) : IGauges
    {
        private readonly Gauge _gauge = new($"shorts_{subject}", "A gauge");
        private int _asked;

        public int Asked => _asked;
        public string Subject => subject;
        public IReadOnlyList<Gauge> All => [_gauge];

        public async Task<IReadOnlyList<Reading>> ReadAsync(CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            return [_gauge.Of(await read())];
        }
    }
}
