using System.Text;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Backups;

namespace ShortsDaemon.Tests.Backups;

internal sealed class SealedTests
{
    private const string Passphrase = "correct horse battery";
    private static readonly byte[] Secret = "{\"refresh_token\":\"1//planted\"}"u8.ToArray();

    [Test]
    public void What_was_closed_opens_with_its_passphrase_and_nothing_shows()
    {
        var closed = Sealed.Close(Secret, Passphrase);

        Assert.That(Sealed.Open(closed, Passphrase), Is.EqualTo(Secret));
        Assert.That(Encoding.Latin1.GetString(closed), Does.Not.Contain("planted").And.Not.Contain("refresh"));
        Assert.That(Sealed.Close(Secret, Passphrase), Is.Not.EqualTo(closed), "salt and nonce are fresh");
    }

    [Test]
    public void Another_passphrase_is_refused_in_words() =>
        Assert.That(
            () => Sealed.Open(Sealed.Close(Secret, Passphrase), Passphrase + "!"),
            Throws.TypeOf<BackupException>().With.Message.Contains("not the passphrase")
        );

    [TestCase(0)] // mark
    [TestCase(9)] // rounds
    [TestCase(15)] // salt
    [TestCase(30)] // nonce
    [TestCase(45)] // tag
    [TestCase(60)] // the secret itself
    public void A_single_changed_byte_is_noticed(int at)
    {
        var closed = Sealed.Close(Secret, Passphrase);
        closed[at] ^= 1;

        Assert.That(() => Sealed.Open(closed, Passphrase), Throws.TypeOf<BackupException>());
    }

    [Test]
    public void A_truncated_file_is_refused() =>
        Assert.That(
            () => Sealed.Open(Sealed.Close(Secret, Passphrase).AsSpan(0, 40), Passphrase),
            Throws.TypeOf<BackupException>()
        );
}
