using NUnit.Framework;
using ShortsDaemon.Media.Encoders;

namespace ShortsDaemon.Tests.Encoders;

public sealed class TrialLedgerTests
{
    private static readonly TrialResult Good = new("h264_nvenc", true, true, "fine");
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("ledger-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [Test]
    public void A_demotion_during_a_trial_outweighs_the_trial()
    {
        var ledger = Open();
        var before = ledger[Good.Encoder];

        ledger.Demote(Good.Encoder, "device lost", TimeSpan.FromHours(1));
        ledger.Record(Good, before);

        Assert.That(ledger[Good.Encoder], Has.Property("IsUsable").False);
    }

    [Test]
    public void The_trial_after_a_demotion_ends_it()
    {
        var ledger = Open();
        ledger.Demote(Good.Encoder, "device lost", TimeSpan.FromHours(1));

        ledger.Record(Good, ledger[Good.Encoder]);

        Assert.That(ledger[Good.Encoder], Has.Property("IsUsable").True);
        Assert.That(Open()[Good.Encoder], Is.EqualTo(ledger[Good.Encoder]));
    }

    [Test]
    public void Another_key_forgets_everything()
    {
        var ledger = Open();
        ledger.Use(new("/usr/bin/ffmpeg", "1", "a", "x"));
        ledger.Record(Good, null);
        ledger.Use(new("/usr/bin/ffmpeg", "1", "a", "x"));
        Assert.That(ledger[Good.Encoder], Is.Not.Null);

        ledger.Use(new("/usr/bin/ffmpeg", "1", "a", "y"));

        Assert.That(ledger[Good.Encoder], Is.Null);
    }

    private TrialLedger Open() => new(Path.Combine(_folder.FullName, "encoders.json"), new FakeTimeProvider());
}
