using System.Buffers.Binary;
using System.Text;
using NUnit.Framework;
using ShortsDaemon.Media.Analysis;

namespace ShortsDaemon.Tests.Analysis;

public sealed class FastStartTests
{
    private string _path = null!;

    [SetUp]
    public void Name() => _path = Path.GetTempFileName();

    [TearDown]
    public void Remove() => File.Delete(_path);

    private bool Check(params byte[][] boxes)
    {
        File.WriteAllBytes(_path, [.. boxes.SelectMany(b => b)]);
        return FastStart.Check(_path);
    }

    private static byte[] Box(string name, int content = 0, uint? size = null)
    {
        var box = new byte[8 + content];
        BinaryPrimitives.WriteUInt32BigEndian(box, size ?? (uint)box.Length);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        return box;
    }

    private static byte[] LargeBox(string name, int content, long? size = null)
    {
        var box = new byte[16 + content];
        BinaryPrimitives.WriteUInt32BigEndian(box, 1);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        BinaryPrimitives.WriteInt64BigEndian(box.AsSpan(8), size ?? box.Length);
        return box;
    }

    [Test]
    public void Index_first() =>
        Assert.That(Check(Box("ftyp", 16), Box("free"), Box("moov", 50), Box("mdat", 50)), Is.True);

    [Test]
    public void Data_first() => Assert.That(Check(Box("ftyp", 16), Box("mdat", 50), Box("moov", 50)), Is.False);

    [Test]
    public void A_large_box_is_passed_over() => Assert.That(Check(LargeBox("free", 5), Box("moov")), Is.True);

    [TestCase(long.MaxValue)]
    [TestCase(-1)]
    [TestCase(0)]
    [TestCase(15_000)]
    public void A_large_box_of_impossible_size_ends_the_search(long size) =>
        Assert.That(Check(Box("ftyp", 4), LargeBox("free", 5, size), Box("moov")), Is.False);

    [TestCase(0u)]
    [TestCase(7u)]
    [TestCase(uint.MaxValue)]
    public void A_box_of_impossible_size_ends_the_search(uint size) =>
        Assert.That(Check(Box("free", 0, size), Box("moov")), Is.False);

    [Test]
    public void Too_short_for_its_large_size() => Assert.That(Check(Box("ftyp", 16), Box("free", 0, 1)), Is.False);

    [Test]
    public void Nothing_and_rubbish()
    {
        Assert.That(Check(), Is.False);
        Assert.That(Check("moo"u8.ToArray()), Is.False);
        Assert.That(Check("hello, I am no MP4 at all"u8.ToArray()), Is.False);
    }
}
