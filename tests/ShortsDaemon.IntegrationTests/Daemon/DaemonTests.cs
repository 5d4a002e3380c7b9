using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>A sandbox for each test.</summary>
public abstract class DaemonTests
{
    private protected Sandbox Box { get; private set; } = null!;

    [OneTimeSetUp]
    public void NeedsTools()
    {
        if (ToolPath.Find("ffmpeg") is null || ToolPath.Find("ffprobe") is null)
            Assert.Ignore("ffmpeg or ffprobe is not installed");
    }

    [SetUp]
    public void OpenSandbox() => Box = new Sandbox();

    [TearDown]
    public async Task CloseSandbox()
    {
        if (Box is not null)
            await Box.DisposeAsync();
    }

    private protected static string FileOf(string path) => Path.GetFileName(path);
}
