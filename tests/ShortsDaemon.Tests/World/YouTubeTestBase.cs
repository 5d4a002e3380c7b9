using NUnit.Framework;

namespace ShortsDaemon.Tests.World;

internal abstract class YouTubeTestBase
{
    protected YouTubeSandbox Sandbox { get; private set; } = null!;

    [SetUp]
    public async Task StartWorld() => Sandbox = await YouTubeSandbox.StartAsync();

    [TearDown]
    public async Task StopWorld() => await Sandbox.DisposeAsync();
}
