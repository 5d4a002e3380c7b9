using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Text;

namespace ShortsDaemon.Tests.Publish.Text;

internal sealed class PostTemplateTests
{
    [TestCase("plain", "plain")]
    [TestCase("{title} by {Creator}", "<title> by <creator>")]
    [TestCase("{{title}} {{{title}}}", "{title} {<title>}")]
    [TestCase("{ title }", "<title>")]
    [TestCase("", "")]
    [TestCase("{0} %s", null)]
    public void Names_are_filled_in_and_nothing_else(string template, string? filled)
    {
        var isGood = PostTemplate.TryParse(template, out var parsed, out _);

        Assert.That(isGood, Is.EqualTo(filled is not null));
        Assert.That(parsed?.Fill(name => $"<{name}>"), Is.EqualTo(filled));
    }

    [Test]
    public void What_is_filled_in_is_no_template() =>
        Assert.That(PostTemplate.Of("{title}").Fill(_ => "{url} {{ }"), Is.EqualTo("{url} {{ }"));

    [TestCase("{tilte}", "{tilte} is not known here", "Did you mean title?")]
    [TestCase("{}", "{} is not known here", "Known: {title}")]
    [TestCase("{title", "a { is never closed", "write {{")]
    [TestCase("title}", "a } stands alone", "Write }}")]
    public void Mistakes_are_told_with_their_mend(string template, string what, string mend)
    {
        var isGood = PostTemplate.TryParse(template, out _, out var problem);

        Assert.That(isGood, Is.False);
        Assert.That(problem?.What, Is.EqualTo(what));
        Assert.That(problem?.Mend, Does.Contain(mend));
    }
}
