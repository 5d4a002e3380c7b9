using NUnit.Framework;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Tests.Configuration;

public sealed class OptionsDifferenceTests
{
    [Test]
    public void Names_what_was_edited_added_and_removed()
    {
        var before = new ShortsOptions
        {
            Encoding = new() { Prefer = ["libx264"], Lanes = 1 },
        };
        before.Channels["old"] = new();
        before.Channels["kept"] = new() { Schedule = [new() { Cron = "a" }] };
        var after = new ShortsOptions
        {
            Encoding = new() { Prefer = ["libx264", "h264_nvenc"], Lanes = 2 },
        };
        after.Channels["new"] = new();
        after.Channels["kept"] = new() { Schedule = [new() { Cron = "b" }] };

        Assert.That(
            OptionsDifference.Changed(before, after),
            Is.EqualTo([
                "Channels:kept:Schedule:0:Cron",
                "Channels:new (new)",
                "Channels:old (gone)",
                "Encoding:Lanes",
                "Encoding:Prefer:1 (new)",
            ])
        );
    }

    [Test]
    public void Finds_nothing_between_equal_ones() => Assert.That(OptionsDifference.Changed(new(), new()), Is.Empty);
}
