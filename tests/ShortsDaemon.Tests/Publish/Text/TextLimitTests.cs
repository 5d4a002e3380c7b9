using System.Globalization;
using System.Text;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Tests.Publish.Text;

internal sealed class TextLimitTests
{
    [TestCase(11, "hello world", "hello world")]
    [TestCase(10, "hello world", "hello…")]
    [TestCase(8, "one two three", "one two…")]
    [TestCase(5, "abcdefgh", "abcd…")]
    [TestCase(6, "ab cdefghij", "ab cd…")]
    [TestCase(4, "ab😀😀", "ab…")]
    [TestCase(12, "😀👨\u200D👩\u200D👧👨\u200D👩\u200D👧", "😀👨\u200D👩\u200D👧…")]
    [TestCase(3, "e\u0301e\u0301e\u0301", "e\u0301…")]
    [TestCase(5, "👨\u200D👩\u200D👧", "")]
    public void Text_is_cut_at_a_word_and_never_inside_a_character(int most, string text, string cut) =>
        Assert.That(new TextLimit(most, TextUnit.Utf16).Cut(text), Is.EqualTo(cut));

    [TestCase(9, "häuser", "häuser")]
    [TestCase(8, "häuserx", "häuserx")]
    [TestCase(7, "häuserx", "häu…")]
    public void Bytes_are_counted_as_bytes(int most, string text, string cut) =>
        Assert.That(new TextLimit(most, TextUnit.Utf8Bytes).Cut(text), Is.EqualTo(cut));

    [Test]
    public void Whatever_is_cut_fits_and_is_a_beginning_that_ends_between_characters()
    {
        var property = Prop.ForAll(
            NastyText.Any,
            text =>
            {
                foreach (var unit in Enum.GetValues<TextUnit>())
                foreach (var most in new[] { 5, 17, 100 })
                    Check(CleanText.Lines(text), new TextLimit(most, unit));
            }
        );
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(1000), property);
    }

    private static void Check(string text, TextLimit limit)
    {
        var cut = limit.Cut(text);
        var size = limit.Unit == TextUnit.Utf16 ? cut.Length : Encoding.UTF8.GetByteCount(cut);
        if (size > limit.Most)
            throw new InvalidOperationException($"'{cut}' is {size}, more than {limit.Most}");
        if (cut == text || cut.Length == 0)
            return;
        var kept = cut[..^1];
        var boundaries = StringInfo.ParseCombiningCharacters(text);
        if (cut[^1] != '…' || !text.StartsWith(kept, StringComparison.Ordinal) || !boundaries.Contains(kept.Length))
            throw new InvalidOperationException($"'{cut}' is no fair beginning of '{text}'");
    }
}
