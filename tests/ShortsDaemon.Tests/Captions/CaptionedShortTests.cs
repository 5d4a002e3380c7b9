using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Captions;

/// <summary>A recording with a transcript beside it walks through the pipeline.</summary>
internal sealed class CaptionedShortTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _tools = new FakeMediaTools();
        _world = new FlowWorld(tools: _tools);
        var font = Path.Combine(_tools.Folder, "font.ttf");
        File.WriteAllBytes(font, TestFont.Bytes(4));
        var channels = _world.Live.Value.Channels;
        var was = channels[FlowWorld.ChannelName];
        channels[FlowWorld.ChannelName] = new()
        {
            Sources = was.Sources,
            Destinations = was.Destinations,
            Render = new() { FontFile = font },
        };
    }

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [TestCase("1\n00:00:01,000 --> 00:00:02,000\nhello world\n", true)]
    [TestCase("nonsense", false)]
    public async Task Its_Short_lies_in_the_outbox_with_the_captions_that_could_be_read(string srt, bool hasCaptions)
    {
        var item = await _world.AddAsync("talk.mp4", "recording");
        _world.Drop("talk.srt", srt);

        await _world.Get<ItemWalk>().WalkAsync(item.Id, CancellationToken.None);

        var files = Directory
            .GetFiles(_world.Outbox)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);
        string[] wanted =
        [
            .. (string[])["talk.jpg", "talk.json", "talk.mp4"],
            .. hasCaptions ? ["talk.srt"] : Array.Empty<string>(),
            "talk.wide.jpg",
        ];
        Assert.That(files, Is.EqualTo(wanted));
        if (hasCaptions)
            Assert.That(
                await File.ReadAllTextAsync(Path.Combine(_world.Outbox, "talk.srt")),
                Does.Contain("00:00:01,000 --> 00:00:02,").And.Contain("hello world")
            );
    }
}
