using NUnit.Framework;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Backups;

internal sealed class ThinningTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 4, 10, 0, TimeSpan.Zero);

    [Test]
    public void A_year_of_nights_leaves_days_weeks_and_months()
    {
        List<Backup> shelf = [];
        for (var night = 364; night >= 0; night--)
        {
            var fresh = At(Night.AddDays(-night));
            shelf.Add(fresh);
            foreach (var old in Thinning.Superfluous(shelf, new BackupOptions(), fresh.Name))
                shelf.Remove(old);
        }

        Assert.That(
            shelf.Select(b => b.Name).Order(StringComparer.Ordinal).Reverse(),
            Is.EqualTo(
                new[]
                {
                    "2026-11-21",
                    "2026-11-20",
                    "2026-11-19",
                    "2026-11-18",
                    "2026-11-17",
                    "2026-11-16",
                    "2026-11-15", // also the Sunday of the last whole week
                    "2026-11-08",
                    "2026-11-01",
                    "2026-10-31",
                    "2026-09-30",
                    "2026-08-31",
                    "2026-07-31",
                    "2026-06-30",
                }
            )
        );
    }

    [Test]
    public void Long_gaps_do_not_count_as_days()
    {
        var shelf = Enumerable.Range(0, 7).Select(n => At(Night.AddDays(-30 * n))).ToList();

        Assert.That(Thinning.Superfluous(shelf, Keep(7, 0, 0), shelf[0].Name), Is.Empty);
    }

    [Test]
    public void Of_one_day_the_newest_stays()
    {
        var (morning, noon) = (At(Night, "morning"), At(Night.AddHours(8), "noon"));

        var gone = Thinning.Superfluous([morning, noon], Keep(7, 4, 6), noon.Name);

        Assert.That(gone, Is.EqualTo(new[] { morning }));
    }

    [Test]
    public void The_one_just_made_stays_whatever_the_clock_said_before()
    {
        var future = Enumerable.Range(1, 9).Select(n => At(Night.AddYears(n))).ToList();
        var fresh = At(Night, "fresh");

        var gone = Thinning.Superfluous([.. future, fresh], Keep(1, 0, 0), fresh.Name);

        Assert.That(gone, Has.No.Member(fresh));
        Assert.That(gone, Has.Count.EqualTo(8));
    }

    private static BackupOptions Keep(int daily, int weekly, int monthly) =>
        new()
        {
            KeepDaily = daily,
            KeepWeekly = weekly,
            KeepMonthly = monthly,
        };

    private static Backup At(DateTimeOffset at, string? name = null) =>
        new(
            name ?? at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            new BackupManifest
            {
                MadeAt = at,
                Program = "1",
                Schema = "1",
                Rows = new Dictionary<string, long>(),
                Files = [],
            },
            null
        );
}
