using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Publish;

internal sealed class ShortNameTests
{
    [TestCase("Ein schöner Clip", "Ein schöner Clip")]
    [TestCase("win 🎉🏳️ 100%", "win 🎉🏳️ 100%")]
    [TestCase("a/b\\c:d*e?f\"g<h>i|j", "a b c d e f g h i j")]
    [TestCase("tab\there\r\nand\0there", "tab here and there")]
    [TestCase("evil\u202Egpj.exe", "evil gpj.exe")]
    [TestCase("zero\u200Bwidth\uFEFF", "zero width")]
    [TestCase("line\u2028next\u2029third", "line next third")]
    [TestCase("no\u00A0break\u3000wide", "no break wide")]
    [TestCase("..", "short")]
    [TestCase("../../etc/passwd", "etc passwd")]
    [TestCase(".hidden", "hidden")]
    [TestCase("-rf", "rf")]
    [TestCase("- . - rf", "rf")]
    [TestCase("ends with dots. . .", "ends with dots")]
    [TestCase("", "short")]
    [TestCase(" \t\n", "short")]
    [TestCase("\uD800 lone surrogate", "lone surrogate")]
    [TestCase("e\u0301te\u0301", "e\u0301te\u0301")]
    public void Titles(string title, string name) => Assert.That(ShortName.For(title, 1), Is.EqualTo(name));

    [Test]
    public void Further_ones_of_a_name_are_numbered() => Assert.That(ShortName.For("clip", 2), Is.EqualTo("clip (2)"));

    [Test]
    public void A_long_title_is_cut_between_characters()
    {
        var name = ShortName.For(new string('ä', 255), 1);
        Assert.That(name, Is.EqualTo(new string('ä', 100)));
        Assert.That(ShortName.For(new string('x', 198) + "🎉🎉", 1), Is.EqualTo(new string('x', 198)));
        Assert.That(ShortName.For(new string('x', 199) + ".tail", 1), Is.EqualTo(new string('x', 199)));
    }

    [Test]
    public void Any_title_becomes_a_name_that_the_file_system_gives_back()
    {
        using var folder = new TestFolder();
        var nasty = Gen.Elements(
            "/",
            "\\",
            ".",
            "-",
            " ",
            "\n",
            "\0",
            "\u202E",
            "\u200D",
            "🎉",
            "ä",
            "\u0301",
            "\uD83D",
            "x"
        );
        var any = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");
        var mixed = nasty.ListOf().Select(parts => string.Concat(parts));
        var titles = Gen.OneOf(any, mixed, from a in mixed from b in any select a + b + new string('é', 150));
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Arb.From(titles),
                Gen.Choose(1, 1000).ToArbitrary(),
                (title, number) => Holds(folder, title, number)
            )
        );
    }

    private static void Holds(TestFolder folder, string title, int number)
    {
        var name = ShortName.For(title, number);
        Assert.That(Encoding.UTF8.GetByteCount(name), Is.InRange(1, 200 + " (1000)".Length));
        Assert.That(name.IndexOfAny(['/', '\\', '\0', '\n']), Is.Negative);
        Assert.That(name, Is.EqualTo(name.Trim()));
        Assert.That(name[0], Is.Not.EqualTo('.').And.Not.EqualTo('-'));
        Assert.That(ShortName.For(title, number), Is.EqualTo(name), "the same every time");
        var path = folder.Write($".{name}.mp4.part", "x");
        Assert.That(
            Directory.GetFiles(folder.Root).Select(Path.GetFileName),
            Is.EqualTo(new[] { $".{name}.mp4.part" })
        );
        File.Delete(path);
    }
}
