using System.Diagnostics.Metrics;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;

namespace ShortsDaemon.Tests.Metrics;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TallyTests : IDisposable
{
    private readonly Meter _meter = new("under test");

    public void Dispose() => _meter.Dispose();

    [Test]
    public void A_counter_adds_up_for_each_set_of_labels_from_the_start_on()
    {
        var sent = _meter.CreateCounter<long>("shorts.sent", "By", "Sent");
        sent.Add(1000, Tag("to", "a"));
        using var tally = new Tally(_meter);

        sent.Add(5, Tag("to", "a"), Tag("how", "fast"));
        sent.Add(7, Tag("to", "b"), Tag("how", "fast"));
        sent.Add(2, Tag("to", "a"), Tag("how", "fast"));

        var family = tally.Read().Single();
        Assert.That(
            (family.Name, family.Kind, family.Help),
            Is.EqualTo(("shorts_sent_bytes_total", FamilyKind.Counter, "Sent"))
        );
        Assert.That(
            family.Samples.Select(s => (Labels(s), s.Value)),
            Is.EqualTo(new[] { ("to=a,how=fast", 7.0), ("to=b,how=fast", 7.0) })
        );
    }

    [Test]
    public void A_histogram_counts_up_to_each_limit_and_the_limit_belongs_to_it()
    {
        var took = _meter.CreateHistogram(
            "stage.duration",
            "s",
            "Took",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 10] }
        );
        using var tally = new Tally(_meter);

        foreach (var seconds in (double[])[0.1, 0.5, 0.6, 10, 11, 1000])
            took.Record(seconds, Tag("stage", "gate"));

        var family = tally.Read().Single();
        Assert.That((family.Name, family.Kind), Is.EqualTo(("stage_duration_seconds", FamilyKind.Histogram)));
        Assert.That(
            family.Samples.Select(s => (s.Suffix, Labels(s), Math.Round(s.Value, 6))),
            Is.EqualTo(
                new[]
                {
                    ("_bucket", "stage=gate,le=0.5", 2.0),
                    ("_bucket", "stage=gate,le=10", 4.0),
                    ("_bucket", "stage=gate,le=+Inf", 6.0),
                    ("_sum", "stage=gate", 1022.2),
                    ("_count", "stage=gate", 6.0),
                }
            )
        );
    }

    [Test]
    public void Names_are_known_before_anything_has_happened_and_other_meters_are_left_alone()
    {
        using var other = new Meter("under test");
        _meter.CreateCounter<long>("a");
        other.CreateCounter<long>("b");
        using var tally = new Tally(_meter);

        var family = tally.Read().Single();

        Assert.That(family.Name, Is.EqualTo("a_total"));
        Assert.That(family.Samples, Is.Empty);
    }

    [Test]
    public void Many_threads_lose_nothing()
    {
        var counter = _meter.CreateCounter<long>("a");
        using var tally = new Tally(_meter);

        Parallel.For(0, 10_000, number => counter.Add(1, Tag("odd", number % 2 == 0 ? "no" : "yes")));

        Assert.That(tally.Read().Single().Samples.Select(s => s.Value), Is.EqualTo(new[] { 5000.0, 5000.0 }));
    }

    private static string Labels(Sample sample) => string.Join(',', sample.Labels.Select(l => $"{l.Name}={l.Value}"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
