using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Tests.Publish.Posting;

internal sealed class PostingHoursTests
{
    // Berlin: forward on 29 March 2026 and 28 March 2027 at 1:00 UTC, back on 25 October 2026 and 31 October 2027 at 1:00 UTC.
    // Los Angeles: forward on 8 March 2026 and 14 March 2027 at 10:00 UTC, back on 1 November 2026 and 7 November 2027 at 9:00 UTC.
    [TestCase("Europe/Berlin", "17:00-22:00", "2026-01-15 12:00", "2026-01-15 16:00", TestName = "winter")]
    [TestCase("Europe/Berlin", "17:00-22:00", "2026-07-15 12:00", "2026-07-15 15:00", TestName = "summer")]
    [TestCase("Europe/Berlin", "17:00-22:00", "2026-01-15 17:30", "2026-01-15 17:30", TestName = "open already")]
    [TestCase("Europe/Berlin", "17:00-22:00", "2026-01-15 21:00", "2026-01-16 16:00", TestName = "just closed")]
    [TestCase("Europe/Berlin", "22:00-02:00", "2026-01-15 23:30", "2026-01-15 23:30", TestName = "past midnight")]
    [TestCase("Europe/Berlin", "02:30-04:00", "2026-03-29 00:00", "2026-03-29 01:00", TestName = "begins in the gap")]
    [TestCase("Europe/Berlin", "02:10-02:50", "2026-03-29 00:00", "2026-03-30 00:10", TestName = "all in the gap")]
    [TestCase("Europe/Berlin", "02:10-02:50", "2027-03-28 00:00", "2027-03-29 00:10", TestName = "all in the gap 2027")]
    [TestCase("Europe/Berlin", "02:30-04:00", "2026-10-25 00:00", "2026-10-25 00:30", TestName = "first half past two")]
    [TestCase(
        "Europe/Berlin",
        "02:30-04:00",
        "2026-10-25 01:00",
        "2026-10-25 01:30",
        TestName = "second half past two"
    )]
    [TestCase(
        "Europe/Berlin",
        "01:00-02:30",
        "2026-10-25 00:30",
        "2026-10-25 01:00",
        TestName = "open again by the change"
    )]
    [TestCase("Europe/Berlin", "01:00-02:30", "2027-10-31 00:40", "2027-10-31 01:00", TestName = "open again 2027")]
    [TestCase("America/Los_Angeles", "02:30-03:30", "2026-03-08 08:00", "2026-03-08 10:00", TestName = "gap in LA")]
    [TestCase(
        "America/Los_Angeles",
        "02:30-03:30",
        "2027-03-14 08:00",
        "2027-03-14 10:00",
        TestName = "gap in LA 2027"
    )]
    [TestCase("America/Los_Angeles", "01:30-01:45", "2026-11-01 08:50", "2026-11-01 09:30", TestName = "twice in LA")]
    [TestCase(
        "America/Los_Angeles",
        "01:30-01:45",
        "2027-11-07 08:50",
        "2027-11-07 09:30",
        TestName = "twice in LA 2027"
    )]
    [TestCase("America/Havana", "00:15-00:45", "2026-03-08 04:00", "2026-03-09 04:15", TestName = "gap at midnight")]
    [TestCase(
        "America/Havana",
        "00:15-02:00",
        "2026-03-08 04:00",
        "2026-03-08 05:00",
        TestName = "after a gap at midnight"
    )]
    public void The_next_open_moment(string zone, string hours, string from, string expected) =>
        Assert.That(Hours(zone, hours).NextOpen(Utc(from)), Is.EqualTo(Utc(expected)));

    [Test]
    public void A_weekly_window_in_the_hour_that_is_leapt_over_is_open_a_week_later() =>
        Assert.That(
            Hours("Europe/Berlin", "02:10-02:50", "Sun").NextOpen(Utc("2026-03-23 12:00")),
            Is.EqualTo(Utc("2026-04-05 00:10"))
        );

    [Test]
    public void Minute_by_minute_it_is_open_exactly_when_the_clock_shows_a_time_in_the_window(
        [Values("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07", "2026-03-29", "2026-10-25")] string day,
        [Values("America/Los_Angeles", "Europe/Berlin")] string zone
    )
    {
        var hours = Hours(zone, "01:10-02:40");
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var begin = Utc(day + " 00:00").AddHours(-12);
        for (var minute = 0; minute < 48 * 60; minute++)
        {
            var at = begin.AddMinutes(minute);
            var clock = TimeZoneInfo.ConvertTime(at, place).TimeOfDay;
            var isIn = clock >= new TimeSpan(1, 10, 0) && clock < new TimeSpan(2, 40, 0);
            Assert.That(hours.IsOpen(at), Is.EqualTo(isIn), $"{at:u}");
            var next = hours.NextOpen(at)!.Value;
            Assert.That(hours.IsOpen(next), Is.True);
            for (var before = at; before < next; before = before.AddMinutes(1))
                if (hours.IsOpen(before))
                    Assert.Fail($"from {at:u} it said {next:u}, but {before:u} was open");
            minute += (int)Math.Max(0, (next - at).TotalMinutes / 2);
        }
    }

    [Test]
    public void Days_begin_at_midnight_and_last_23_to_25_hours()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        Assert.That(LocalDay.Begin(new(2026, 3, 8), zone), Is.EqualTo(Utc("2026-03-08 08:00")));
        Assert.That(LocalDay.Begin(new(2026, 3, 9), zone), Is.EqualTo(Utc("2026-03-09 07:00")));
        Assert.That(LocalDay.Begin(new(2026, 11, 2), zone), Is.EqualTo(Utc("2026-11-02 08:00")));
        var havana = TimeZoneInfo.FindSystemTimeZoneById("America/Havana");
        Assert.That(LocalDay.Begin(new(2026, 3, 8), havana), Is.EqualTo(Utc("2026-03-08 05:00")));
    }

    internal static PostingHours Hours(string zone, string hours, string days = "") =>
        new([DayWindow.Of(new() { Hours = hours, Days = days })], TimeZoneInfo.FindSystemTimeZoneById(zone));

    internal static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(
            text,
            "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
}
