using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

internal sealed class OutputPumpTests
{
    [TestCase("a\nb\n", new[] { "a", "b" })]
    [TestCase("a\r\nb\r\n", new[] { "a", "b" })]
    [TestCase("1%\r2%\rdone\n", new[] { "1%", "2%", "done" }, Description = "progress that rewrites its line")]
    [TestCase("a\n\nb", new[] { "a", "", "b" })]
    [TestCase("", new string[0])]
    public async Task Line_ends_of_every_kind_end_lines(string text, string[] expected) =>
        Assert.That(await LinesAsync(text, 1024), Is.EqualTo(expected));

    [FsCheck.NUnit.Property]
    public async Task Lines_do_not_depend_on_how_the_text_arrives(string[] parts, byte chunk)
    {
        var text = string.Join("\r\n", parts);
        Assert.That(await LinesAsync(text, 1 + chunk % 5), Is.EqualTo(await LinesAsync(text, 16 * 1024)));
    }

    [Test]
    public async Task Giving_up_keeps_the_half_line()
    {
        using var giveUp = new CancellationTokenSource();
        var lines = new List<string>();
        await new OutputPump(new StalledReader("whole\nhalf", giveUp.Cancel), lines.Add).RunAsync(giveUp.Token);
        Assert.That(lines, Is.EqualTo(["whole", "half"]));
    }

    private static async Task<List<string>> LinesAsync(string text, int chunk)
    {
        var lines = new List<string>();
        await new OutputPump(new ChunkedReader(text, chunk), lines.Add).RunAsync(CancellationToken.None);
        return lines;
    }

    private sealed class ChunkedReader(string text, int chunk) : StringReader(text)
    {
        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancel = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancel);
    }

    /// <summary>After its text it waits for ever, like a pipe somebody else holds.</summary>
    private sealed class StalledReader(string text, Action onStall) : StringReader(text)
    {
        public override async ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancel = default)
        {
            if (await base.ReadAsync(buffer, cancel) is > 0 and var read)
                return read;
            onStall();
            await Task.Delay(Timeout.Infinite, cancel);
            return 0;
        }
    }
}
