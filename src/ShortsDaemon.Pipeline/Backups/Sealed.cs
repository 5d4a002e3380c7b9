using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ShortsDaemon.Pipeline.Backups;

/// <summary>
/// Something secret behind a passphrase: AES-256-GCM, its key made by PBKDF2 with SHA-256. Laid out as mark (8 bytes), rounds (4,
/// big-endian), salt (16), nonce (12), tag (16), then the secret; what stands before the tag is protected by it, too.
/// </summary>
internal static class Sealed
{
    private const int Rounds = 600_000;
    private const int MostRounds = 10_000_000;
    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int HeadSize = 8 + 4 + SaltSize + NonceSize;

    private static ReadOnlySpan<byte> Mark => "SDSEAL1\n"u8;

    public static byte[] Close(ReadOnlySpan<byte> secret, string passphrase)
    {
        var all = new byte[HeadSize + TagSize + secret.Length];
        var head = all.AsSpan(0, HeadSize);
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt32BigEndian(head[8..], Rounds);
        RandomNumberGenerator.Fill(head[12..]);
        using var aes = new AesGcm(Key(head, passphrase, Rounds), TagSize);
        var tag = all.AsSpan(HeadSize, TagSize);
        aes.Encrypt(head[(12 + SaltSize)..], secret, all.AsSpan(HeadSize + TagSize), tag, head);
        return all;
    }

    /// <exception cref="BackupException">It is another passphrase, or the file is damaged or not one of ours.</exception>
    public static byte[] Open(ReadOnlySpan<byte> all, string passphrase)
    {
        if (all.Length < HeadSize + TagSize || !all.StartsWith(Mark))
            throw new BackupException("This is not a file of sealed credentials.");
        var head = all[..HeadSize];
        var rounds = BinaryPrimitives.ReadInt32BigEndian(head[8..]);
        if (rounds is < 1 or > MostRounds)
            throw new BackupException("The file of sealed credentials is damaged.");
        var secret = new byte[all.Length - HeadSize - TagSize];
        using var aes = new AesGcm(Key(head, passphrase, rounds), TagSize);
        try
        {
            aes.Decrypt(
                head[(12 + SaltSize)..],
                all[(HeadSize + TagSize)..],
                all.Slice(HeadSize, TagSize),
                secret,
                head
            );
            return secret;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new BackupException(
                "The credentials cannot be opened: it is not the passphrase of this backup, or the file is damaged.",
                e
            );
        }
    }

    private static byte[] Key(ReadOnlySpan<byte> head, string passphrase, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(passphrase, head.Slice(12, SaltSize), rounds, HashAlgorithmName.SHA256, KeySize);
}
