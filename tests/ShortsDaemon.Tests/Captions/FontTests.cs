using System.Text;
using NUnit.Framework;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

public sealed class FontTests
{
    private readonly TestFolder _folder = new();

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [TestCase(4)]
    [TestCase(12)]
    public void Every_character_has_the_width_the_font_says(int format)
    {
        var font = Read(TestFont.Bytes(format));

        Assert.That(font.Family, Is.EqualTo("Test Sans"));
        Assert.That(font.IsBold, Is.True);
        foreach (var character in Enumerable.Range(1, 0xD7FF))
        {
            var units = TestFont.UnitsOf(character);
            double? wanted = units == 0 ? null : (double)units / TestFont.Height;
            Assert.That(font.AdvanceOf(new Rune(character)), Is.EqualTo(wanted), $"U+{character:X4}");
        }
    }

    [Test]
    public void A_font_that_is_cut_anywhere_is_refused_or_read_and_never_more()
    {
        var whole = TestFont.Bytes(12);
        for (var length = 0; length < whole.Length; length += 7)
            Assert.That(() => Read(whole[..length]), Throws.TypeOf<InvalidDataException>(), $"{length} bytes");
    }

    [Test]
    public void Noise_in_a_font_ends_in_a_refusal_or_in_some_width()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var bytes = TestFont.Bytes(round % 2 == 0 ? 4 : 12);
            for (var i = 0; i < 20; i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                _ = Read(bytes).AdvanceOf(new Rune('A' + round % 26));
            }
            catch (InvalidDataException) { }
        }
    }

    [Test]
    public void What_no_font_has_counts_as_wide_and_marks_as_nothing()
    {
        var fonts = TestFont.Set(_folder.Root);

        Assert.That(fonts.WidthOf("👍", 100), Is.GreaterThanOrEqualTo(110));
        Assert.That(fonts.WidthOf("a\u0301", 100), Is.EqualTo(fonts.WidthOf("a", 100)));
        Assert.That(fonts.WidthOf("ab", 100), Is.EqualTo((TestFont.UnitsOf('a') + TestFont.UnitsOf('b')) / 20.0));
    }

    private TrueTypeFont Read(byte[] bytes)
    {
        File.WriteAllBytes(_folder["font.ttf"], bytes);
        return TrueTypeFont.Read(_folder["font.ttf"]);
    }
}
