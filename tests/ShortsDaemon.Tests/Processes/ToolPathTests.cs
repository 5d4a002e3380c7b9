using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class ToolPathTests
{
    [Test]
    public void A_name_is_searched_on_the_path() =>
        Assert.That(ToolPath.Find("sh"), Does.StartWith("/").And.EndsWith("/sh"));

    [Test]
    public void A_path_is_taken_as_it_is() => Assert.That(ToolPath.Find(FakeTool.Path), Is.EqualTo(FakeTool.Path));

    [TestCase("no-such-tool")]
    [TestCase("/no/such/tool")]
    [TestCase("/etc/passwd", Description = "not executable")]
    [TestCase("/usr/bin", Description = "a folder")]
    [TestCase("")]
    public void Whatever_cannot_be_executed_is_not_found(string name) => Assert.That(ToolPath.Find(name), Is.Null);
}
