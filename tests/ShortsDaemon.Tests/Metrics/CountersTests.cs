using NUnit.Framework;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Metrics;

/// <summary>Counters with labels of their own, so that nothing else counts with them.</summary>
internal sealed class CountersTests
{
    [Test]
    public void Runs_of_a_job_are_counted_by_outcome()
    {
        using var tally = new Tally(HostMeter.Meter);
        JobOutcome[] outcomes = [JobOutcome.Succeeded, JobOutcome.Failed, JobOutcome.Succeeded];
        foreach (var outcome in outcomes)
            HostMeter.JobRan(new JobRun { Job = "counted", Outcome = outcome });

        Assert.That(
            Of(tally, "shortsdaemon_job_runs_total", "counted"),
            Is.EquivalentTo(new[] { ("succeeded", 2.0), ("failed", 1.0) })
        );
    }

    [Test]
    public void Looks_of_a_channel_are_counted_by_outcome()
    {
        using var tally = new Tally(HostMeter.Meter);
        HostMeter.Ran("counted", RunOutcome.Succeeded);
        HostMeter.Ran("counted", RunOutcome.Hung);

        Assert.That(
            Of(tally, "shortsdaemon_runs_total", "counted"),
            Is.EquivalentTo(new[] { ("succeeded", 1.0), ("hung", 1.0) })
        );
    }

    [Test]
    public void Demotions_are_counted_by_encoder()
    {
        using var tally = new Tally(MediaMeter.Meter);
        MediaMeter.Demoted("h264_counted");
        MediaMeter.Demoted("h264_counted");

        Assert.That(
            Of(tally, "shortsdaemon_encoder_demotions_total", "h264_counted"),
            Is.EqualTo(new[] { ("h264_counted", 2.0) })
        );
    }

    /// <returns>Last label and value of each series whose first label is this.</returns>
    private static IEnumerable<(string, double)> Of(Tally tally, string name, string first) =>
        tally
            .Read()
            .Single(f => f.Name == name)
            .Samples.Where(s => s.Labels[0].Value == first)
            .Select(s => (s.Labels[^1].Value, s.Value));
}
