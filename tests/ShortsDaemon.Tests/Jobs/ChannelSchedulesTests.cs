using NUnit.Framework;
using Quartz;
using ShortsDaemon.Host.Jobs;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Jobs;

internal sealed class ChannelSchedulesTests
{
    private const string Hourly = "0 0 * * * ?";
    private const string Daily = "0 30 2 * * ?";

    private JobsWorld _jobs = null!;

    [SetUp]
    public async Task MakeWorld() => _jobs = await JobsWorld.MakeAsync();

    [TearDown]
    public async Task CleanUp() => await _jobs.DisposeAsync();

    [Test]
    public async Task Adds_a_trigger_for_each_line_of_each_enabled_channel()
    {
        await ApplyAsync(
            ("a", Channel([Hourly, Daily])),
            ("b", Channel([Hourly])),
            ("off", Channel([Hourly], enabled: false))
        );
        Assert.That(await TriggersAsync(), Is.EqualTo(new[] { "a/0", "a/1", "b/0" }));
        Assert.That(await JobsAsync(), Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public async Task An_unchanged_trigger_is_left_alone_and_a_changed_one_is_replaced()
    {
        await ApplyAsync(("a", Channel([Hourly, Daily])));
        var (kept, changed) = (await GetAsync("a/0"), await GetAsync("a/1"));
        _jobs.Clock.Advance(TimeSpan.FromMinutes(7));
        await ApplyAsync(("a", Channel([Hourly, "0 45 2 * * ?"])));
        Assert.That((await GetAsync("a/0")).StartTimeUtc, Is.EqualTo(kept.StartTimeUtc));
        Assert.That((await GetAsync("a/1")).StartTimeUtc, Is.GreaterThan(changed.StartTimeUtc));
        Assert.That((await GetAsync("a/1")).CronExpressionString, Is.EqualTo("0 45 2 * * ?"));
    }

    [TestCase("Europe/Berlin", MisfireRule.RunOnce)]
    [TestCase("UTC", MisfireRule.Skip)]
    public async Task Another_zone_or_misfire_rule_is_a_change(string zone, MisfireRule misfire)
    {
        await ApplyAsync(("a", Channel([Daily])));
        await ApplyAsync(("a", Channel([Daily], zone: zone, misfire: misfire)));
        var trigger = await GetAsync("a/0");
        Assert.That(trigger.TimeZone.Id, Is.EqualTo(zone));
        Assert.That(
            trigger.MisfireInstruction,
            Is.EqualTo(
                misfire == MisfireRule.Skip
                    ? CronTriggerMisfireInstruction.DoNothing
                    : CronTriggerMisfireInstruction.FireAndProceed
            )
        );
    }

    [Test]
    public async Task What_left_the_configuration_is_removed()
    {
        await ApplyAsync(("a", Channel([Hourly, Daily])), ("b", Channel([Hourly])));
        await ApplyAsync(("a", Channel([Hourly])));
        Assert.That(await TriggersAsync(), Is.EqualTo(new[] { "a/0" }));
        Assert.That(await JobsAsync(), Is.EqualTo(new[] { "a" }));
        await ApplyAsync(("a", Channel([])));
        Assert.That(await TriggersAsync(), Is.Empty);
        Assert.That(await JobsAsync(), Is.EqualTo(new[] { "a" }), "files that arrive still start it");
    }

    [Test]
    public async Task A_day_without_half_past_two_and_a_day_with_two_of_them()
    {
        await ApplyAsync(("a", Channel([Daily], zone: "Europe/Berlin")));
        var trigger = await GetAsync("a/0");
        // In 2026 the clocks change on 29 March and 25 October.
        Assert.That(Next(trigger, "2026-03-28T12:00Z"), Is.EqualTo("2026-03-29 01:00"), "03:00 that day");
        Assert.That(Next(trigger, "2026-03-29T12:00Z"), Is.EqualTo("2026-03-30 00:30"));
        Assert.That(Next(trigger, "2026-10-24T12:00Z"), Is.EqualTo("2026-10-25 00:30"), "the first of the two");
        Assert.That(Next(trigger, "2026-10-25T00:30Z"), Is.EqualTo("2026-10-26 01:30"), "and only once");
    }

    [Test]
    public async Task Of_two_looks_the_earlier_is_kept()
    {
        await ApplyAsync(("a", Channel([])));
        var looks = _jobs.World.Get<ChannelLooks>();
        var now = _jobs.Clock.GetUtcNow();
        await looks.LookAsync("a", TimeSpan.FromMinutes(5), CancellationToken.None);
        await looks.LookAsync("a", TimeSpan.FromMinutes(9), CancellationToken.None);
        Assert.That(await LookAtAsync(), Is.EqualTo(now.AddMinutes(5)));
        await looks.LookAsync("a", TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.That(await LookAtAsync(), Is.EqualTo(now.AddMinutes(1)));
    }

    [Test]
    public async Task A_look_at_a_channel_that_is_gone_is_nothing() =>
        await _jobs.World.Get<ChannelLooks>().LookAsync("gone", TimeSpan.Zero, CancellationToken.None);

    private async Task<DateTimeOffset?> LookAtAsync() =>
        (await _jobs.Scheduler.GetTrigger(new TriggerKey("a", "looks")))?.StartTimeUtc;

    private static string? Next(ITrigger trigger, string after) =>
        trigger.GetFireTimeAfter(DateTimeOffset.Parse(after, null))?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", null);

    private async Task ApplyAsync(params (string Name, ChannelOptions Channel)[] channels) =>
        await _jobs.Schedules.ApplyAsync(
            new ShortsOptions { Channels = channels.ToDictionary(c => c.Name, c => c.Channel) },
            CancellationToken.None
        );

    private static ChannelOptions Channel(
        IReadOnlyList<string> schedule,
        bool enabled = true,
        string zone = "UTC",
        MisfireRule misfire = MisfireRule.RunOnce
    ) =>
        new()
        {
            Enabled = enabled,
            TimeZone = zone,
            Schedule = [.. schedule.Select(cron => new ScheduleOptions { Cron = cron, Misfire = misfire })],
        };

    private async Task<ICronTrigger> GetAsync(string name) =>
        (ICronTrigger)(await _jobs.Scheduler.GetTrigger(new TriggerKey(name, "schedules")))!;

    private async Task<IEnumerable<string>> TriggersAsync() =>
        (await _jobs.Scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals("schedules")))
            .Select(k => k.Name)
            .Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> JobsAsync() =>
        (await _jobs.Scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals("channels")))
            .Select(k => k.Name)
            .Order(StringComparer.Ordinal);
}
