using NUnit.Framework;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Commands;

public sealed class ChannelPlanTests
{
    [Test]
    public void Times_follow_the_zone_through_the_change_to_summer_time()
    {
        var lines = Lines(
            new ChannelOptions
            {
                TimeZone = "Europe/Berlin",
                Schedule = [new ScheduleOptions { Cron = "0 30 9 * * ?", Misfire = MisfireRule.Skip }],
            },
            new(2026, 3, 28, 0, 0, 0, TimeSpan.Zero)
        );
        Assert.That(
            lines,
            Is.EqualTo(
                new[]
                {
                    "inbox (Europe/Berlin)",
                    "  0 30 9 * * ?; a missed time is skipped",
                    "    2026-03-28 09:30:00 +01:00   2026-03-28 08:30:00 UTC",
                    "    2026-03-29 09:30:00 +02:00   2026-03-29 07:30:00 UTC",
                }
            )
        );
    }

    [Test]
    public void A_disabled_channel_and_one_without_a_schedule_are_marked()
    {
        var lines = Lines(new ChannelOptions { Enabled = false }, DateTimeOffset.UnixEpoch);
        Assert.That(lines[0], Is.EqualTo("inbox (UTC): disabled, nothing of this happens"));
        Assert.That(lines[1], Does.Contain("no schedule"));
    }

    [Test]
    public void A_schedule_that_ends_has_fewer_times()
    {
        var options = new ChannelOptions { Schedule = [new ScheduleOptions { Cron = "0 0 0 1 1 ? 2027" }] };
        Assert.That(Lines(options, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), Has.Count.EqualTo(3));
    }

    private static List<string> Lines(ChannelOptions options, DateTimeOffset now) =>
        [.. ChannelPlan.Of("inbox", options, now, 2).Lines()];
}
