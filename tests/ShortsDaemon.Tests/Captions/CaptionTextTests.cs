using NUnit.Framework;
using ShortsDaemon.Media.Captions;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

public sealed class CaptionTextTests
{
    private readonly TestFolder _folder = new();
    private FontSet _fonts = null!;

    [OneTimeSetUp]
    public void MakeFont() => _fonts = TestFont.Set(_folder.Root);

    [OneTimeTearDown]
    public void CleanUp() => _folder.Dispose();

    [TestCase(@"{\pos(0,0)}a", "\\{\\\u2060pos(0,0)\\}a")]
    [TestCase(@"a\Nb", "a\\\u2060Nb")]
    [TestCase("a\r\nb\tc", "a b c")]
    [TestCase("\u202Egnirts\u0007", "gnirts")]
    public void Nothing_in_a_text_is_a_command(string text, string written) =>
        Assert.That(AssText.Escape(text), Is.EqualTo(written));

    [TestCase(0, "0:00:00.00")]
    [TestCase(61.239, "0:01:01.24")]
    [TestCase(3725.5, "1:02:05.50")]
    public void Times_have_hundredths(double seconds, string written) =>
        Assert.That(AssText.Time(TimeSpan.FromSeconds(seconds)), Is.EqualTo(written));

    [TestCase("Damn, that was DAMN good", "D***, that was D*** good")]
    [TestCase("\"shoot!\" and shooting", "\"s****!\" and s*******")]
    [TestCase("classic", "classic")]
    [TestCase("Ünfug", "Ü****")]
    public void Words_of_the_list_show_their_first_letter(string said, string shown)
    {
        var mask = new WordMask(["# mine", "", "damn", " shoot* ", "ass", "ünfug"]);

        Assert.That(mask.Apply(said), Is.EqualTo(shown));
        Assert.That(WordMask.None.Apply(said), Is.EqualTo(said));
    }

    [TestCase("short", 1)]
    [TestCase("a text of some words that needs more than one line to be read", 2)]
    public void A_text_is_as_large_as_its_box_lets_it_be(string text, int leastLines)
    {
        var fit = TextFit.Into(text, _fonts, 800, 260, 92, 44);

        Assert.That(fit.Lines, Has.Count.GreaterThanOrEqualTo(leastLines));
        Assert.That(string.Join(' ', fit.Lines), Is.EqualTo(text));
        Assert.That(fit.Lines.Count * fit.Size, Is.LessThanOrEqualTo(260));
        Assert.That(fit.Lines.Max(line => _fonts.WidthOf(line, fit.Size)), Is.LessThanOrEqualTo(800));
    }

    [TestCase(60)]
    [TestCase(1)]
    public void What_does_not_fit_at_all_ends_with_dots(int words)
    {
        var text = string.Join(' ', Enumerable.Repeat(new string('m', 1200 / words), words));

        var fit = TextFit.Into(text, _fonts, 800, 260, 92, 44);

        Assert.That(fit.Lines[^1], Does.EndWith("…"));
        Assert.That(fit.Lines.Count * fit.Size, Is.LessThanOrEqualTo(260));
        Assert.That(fit.Lines.Max(line => _fonts.WidthOf(line, fit.Size)), Is.LessThanOrEqualTo(800));
    }
}
