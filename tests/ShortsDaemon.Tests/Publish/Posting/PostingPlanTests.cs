using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.YouTube;
using static ShortsDaemon.Tests.Publish.Posting.PostingHoursTests;

namespace ShortsDaemon.Tests.Publish.Posting;

internal sealed class PostingPlanTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly DateTimeOffset Noon = Utc("2026-01-15 11:00");

    [Test]
    public void Without_rules_it_is_now() =>
        Assert.That(Plan(new() { MaxPerDay = 0 }).NextFrom(Noon), Is.EqualTo(Noon));

    [Test]
    public void Slots_fill_the_window_at_their_distance_and_go_on_the_next_day()
    {
        var options = new YouTubeDestinationOptions
        {
            Windows = [new() { Hours = "17:00-22:30" }],
            MaxPerDay = 3,
            MinSpacing = 120,
        };
        List<DateTimeOffset> taken = [];
        for (var i = 0; i < 5; i++)
            taken.Add(Plan(options, taken).NextFrom(Noon)!.Value);

        string[] expected = ["15 16:00", "15 18:00", "15 20:00", "16 16:00", "16 18:00"];
        Assert.That(taken, Is.EqualTo(expected.Select(time => Utc("2026-01-" + time))));
    }

    [Test]
    public void A_slot_keeps_its_distance_from_what_comes_after_it_too() =>
        Assert.That(
            Plan(new() { MinSpacing = 60, MaxPerDay = 0 }, [Noon.AddMinutes(30)]).NextFrom(Noon),
            Is.EqualTo(Noon.AddMinutes(90))
        );

    [Test]
    public void The_cap_counts_by_the_local_day()
    {
        // 23:00 UTC is midnight in Berlin.
        DateTimeOffset[] taken = [Utc("2026-01-15 22:30")];
        var plan = Plan(new() { MinSpacing = 0, MaxPerDay = 1 }, taken);

        Assert.That(plan.NextFrom(Utc("2026-01-15 22:40")), Is.EqualTo(Utc("2026-01-15 23:00")));
    }

    [Test]
    public void A_cap_of_zero_in_a_quota_leaves_no_slot()
    {
        var plan = Plan(new()) with { Limits = [new(Berlin, _ => 0, [])] };

        Assert.That(plan.NextFrom(Noon), Is.Null);
    }

    [TestCase(0, 3)]
    [TestCase(14, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10)]
    public void A_fresh_destination_starts_slowly(int days, params int[] most)
    {
        var first = new DateOnly(2026, 1, 15);
        var options = new YouTubeDestinationOptions { MaxPerDay = days == 0 ? 3 : 10, SlowStartDays = days };
        var start = new SlowStart(options, first);

        Assert.That(most.Select((_, day) => (int)start.Most(first.AddDays(day))), Is.EqualTo(most));
        Assert.That(new SlowStart(options, null).Most(first), Is.EqualTo(most[0]), "before its first Short");
    }

    public sealed record Case(int Zone, int FromHour, int Length, int PerDay, int Spacing, int Slow, int[] Arrivals);

    [Test]
    public void In_30_days_no_rule_is_ever_broken()
    {
        var cases =
            from zone in Gen.Choose(0, 3)
            from hour in Gen.Choose(0, 23)
            from length in Gen.Choose(1, 23)
            from perDay in Gen.Choose(0, 5)
            from spacing in Gen.Choose(0, 300)
            from slow in Gen.Elements(0, 0, 10)
            from arrivals in Gen.Choose(0, 30 * 24 * 60).ArrayOf(60)
            select new Case(zone, hour, length, perDay, spacing, slow, [.. arrivals.Order()]);
        var property = Prop.ForAll(cases.ToArbitrary(), Simulate);
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), property);
    }

    // Two zones, each over one of its changes of the clock.
    private static readonly (string Zone, string Begin)[] Places =
    [
        ("Europe/Berlin", "2026-03-14 00:00"),
        ("Europe/Berlin", "2027-10-14 00:00"),
        ("America/Los_Angeles", "2027-03-01 00:00"),
        ("America/Los_Angeles", "2026-10-20 00:00"),
    ];

    private static void Simulate(Case c)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Places[c.Zone].Zone);
        var begin = Utc(Places[c.Zone].Begin);
        var options = new YouTubeDestinationOptions
        {
            Windows = [new() { Hours = $"{c.FromHour:00}:00-{(c.FromHour + c.Length) % 24:00}:00" }],
            MaxPerDay = c.PerDay,
            MinSpacing = c.Spacing,
            SlowStartDays = c.Slow,
        };
        List<DateTimeOffset> taken = [];
        foreach (var arrival in c.Arrivals)
            taken.Add(Plan(options, taken, zone).NextFrom(begin.AddMinutes(arrival))!.Value);
        taken.Sort();
        for (var i = 1; i < taken.Count; i++)
            Require(taken[i] - taken[i - 1] >= TimeSpan.FromMinutes(c.Spacing), $"{taken[i]} is too close");
        var start = new SlowStart(options, LocalDay.Of(taken[0], zone));
        foreach (var day in taken.GroupBy(at => LocalDay.Of(at, zone)))
            Require(day.Count() <= start.Most(day.Key), $"{day.Count()} on {day.Key}");
        foreach (var at in taken)
            Require(IsIn(TimeZoneInfo.ConvertTime(at, zone).TimeOfDay, c), $"{at} is outside");
    }

    private static bool IsIn(TimeSpan clock, Case c)
    {
        var (from, to) = (TimeSpan.FromHours(c.FromHour), TimeSpan.FromHours(c.FromHour + c.Length));
        return (clock >= from && clock < to) || clock + TimeSpan.FromDays(1) < to;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    private static PostingPlan Plan(
        YouTubeDestinationOptions options,
        IReadOnlyCollection<DateTimeOffset>? taken = null,
        TimeZoneInfo? zone = null
    )
    {
        var (place, times) = (zone ?? Berlin, taken ?? []);
        DateOnly? first = times.Count > 0 ? LocalDay.Of(times.Min(), place) : null;
        return new(
            PostingHours.Of(options, place),
            TimeSpan.FromMinutes(options.MinSpacing),
            [new DailyLimit(place, new SlowStart(options, first).Most, times)],
            times
        );
    }
}
