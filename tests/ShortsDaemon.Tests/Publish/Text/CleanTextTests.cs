using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Tests.Publish.Text;

internal sealed class CleanTextTests
{
    [TestCase("  two\t\r\n words  ", "two words")]
    [TestCase("evil\u202Egpj.exe", "evilgpj.exe")]
    [TestCase("ze\u200Bro\uFEFF wi\u00ADdth", "zero width")]
    [TestCase("bell\aand\0nul", "bell and nul")]
    [TestCase("a\u00A0b\u3000c", "a b c")]
    [TestCase("\u3164\u2800\u115F", "")]
    [TestCase("half \uD83D pair", "half pair")]
    [TestCase("👨\u200D👩\u200D👧 🏳\uFE0F\u200D🌈", "👨\u200D👩\u200D👧 🏳\uFE0F\u200D🌈")]
    [TestCase("🙂\u200D\u2194\uFE0F", "🙂\u200D\u2194\uFE0F")]
    [TestCase("a\u200Db \u200D 😀\u200D", "ab 😀")]
    [TestCase("💥\u200D\u2800x 😀\u200D\uFFFDy", "💥 x 😀y")]
    [TestCase("ශ්\u200Dරී", "ශ්\u200Dරී")]
    public void A_line_looks_like_what_it_is(string text, string clean) =>
        Assert.That(CleanText.Line(text), Is.EqualTo(clean));

    [Test]
    public void Lines_keep_their_breaks_but_no_gaps() =>
        Assert.That(CleanText.Lines("\r\n a  b \r\n\u200B\n\n\nc\u2028d\n\n"), Is.EqualTo("a b\n\nc\nd"));

    [Test]
    public void Whatever_comes_in_what_goes_out_is_clean_and_stays_as_it_is()
    {
        var property = Prop.ForAll(
            NastyText.Any,
            text =>
            {
                var line = CleanText.Line(text);
                var lines = CleanText.Lines(text);
                return CleanText.Line(line) == line
                    && CleanText.Lines(lines) == lines
                    && !line.Contains("  ", StringComparison.Ordinal)
                    && line.Trim(' ') == line
                    && !lines.Contains("\n\n\n", StringComparison.Ordinal)
                    && line.EnumerateRunes().All(IsAllowed)
                    && lines.Replace("\n", "", StringComparison.Ordinal).EnumerateRunes().All(IsAllowed);
            }
        );
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(3000), property);
    }

    internal static bool IsAllowed(Rune rune) =>
        rune.Value == 0x200D
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
}
