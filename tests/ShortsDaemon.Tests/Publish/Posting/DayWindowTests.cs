using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Posting;

namespace ShortsDaemon.Tests.Publish.Posting;

internal sealed class DayWindowTests
{
    [TestCase("17:00-22:30", 17, 22.5)]
    [TestCase(" 9:15 - 9:45 ", 9.25, 9.75)]
    [TestCase("22:00-02:00", 22, 26)]
    [TestCase("20:00-00:00", 20, 24)]
    [TestCase("00:00-24:00", 0, 24)]
    public void Hours_are_read(string text, double from, double to) =>
        Assert.That(DayWindow.Hours(text), Is.EqualTo((TimeSpan.FromHours(from), TimeSpan.FromHours(to))));

    [TestCase("")]
    [TestCase("17:00")]
    [TestCase("17-22")]
    [TestCase("5pm-10pm")]
    [TestCase("17:00-17:00")]
    [TestCase("17:00-25:00")]
    [TestCase("24:00-02:00")]
    [TestCase("17:60-18:00")]
    [TestCase("17:00-18:00-19:00")]
    public void Other_hours_are_refused(string text) => Assert.That(DayWindow.Hours(text), Is.Null);

    [TestCase("", "0123456")]
    [TestCase("Mon-Fri", "12345")]
    [TestCase("sat, SUNDAY", "06")]
    [TestCase("Fri-Mon", "0156")]
    [TestCase("Wed", "3")]
    [TestCase("Mon-Tue,Thu-Thu", "124")]
    public void Weekdays_are_read(string text, string days) =>
        Assert.That(string.Concat(DayWindow.Weekdays(text)!.Order().Select(day => (int)day)), Is.EqualTo(days));

    [TestCase("Mo")]
    [TestCase("Mon-")]
    [TestCase("Mon,,Tue")]
    [TestCase("Mon-Wed-Fri")]
    [TestCase("1-5")]
    public void Other_weekdays_are_refused(string text) => Assert.That(DayWindow.Weekdays(text), Is.Null);

    [Test]
    public void A_window_past_midnight_belongs_to_the_day_on_which_it_begins()
    {
        var friday = DayWindow.Of(new() { Hours = "22:00-02:00", Days = "Fri" });
        var day = new DateTime(2026, 1, 16, 0, 0, 0, DateTimeKind.Unspecified);

        Assert.That(friday.Holds(day.AddHours(22)), Is.True);
        Assert.That(friday.Holds(day.AddHours(25.9)), Is.True);
        Assert.That(friday.Holds(day.AddHours(26)), Is.False, "its end is not part of it");
        Assert.That(friday.Holds(day.AddHours(1)), Is.False, "the night before belongs to Thursday");
    }
}
