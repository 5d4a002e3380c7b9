using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Tests.Service;

namespace ShortsDaemon.IntegrationTests.Service;

/// <summary>The real daemon as a service manager sees it.</summary>
public sealed class ServiceTests : DaemonTests
{
    private const int Stop = 19;
    private const int Continue = 18;

    [Test]
    public async Task It_tells_that_it_is_up_alive_and_about_to_end_and_a_stopped_process_is_no_hang()
    {
        using var manager = new NotifyListener(Path.Combine(Box.Root, "notify"));
        var daemon = Box.Start(
            new Dictionary<string, string>
            {
                ["NOTIFY_SOCKET"] = Path.Combine(Box.Root, "notify"),
                ["WATCHDOG_USEC"] = "2000000",
            }
        );
        Assert.That(manager.Until("READY=1"), Is.EqualTo((string[])["READY=1"]), daemon.Log);
        Assert.That(manager.Until("STATUS=Waiting for work"), Is.Not.Empty);
        manager.Until("WATCHDOG=1");

        daemon.Send(Stop);
        await Poll.UntilAsync(() => ProcessStat.Read(daemon.Id)?.State == 'T', "it to be stopped", 5);
        manager.SoFar();
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.That(manager.SoFar(), Is.Empty, "it was stopped");
        daemon.Send(Continue);
        for (var i = 0; i < 4; i++)
            manager.Until("WATCHDOG=1");

        Assert.That(await daemon.StopAsync(), Is.Zero, daemon.Log);
        Assert.That(manager.Until("STOPPING=1"), Is.Not.Empty);
    }

    [Test]
    public async Task The_canary_is_made_with_the_real_tools_and_leaves_nothing_behind()
    {
        var job = Box.Start("job", "canary");
        Assert.That(await job.EndAsync(60), Is.Zero, job.Log);
        Assert.That(job.Log, Does.Contain("was made, checked, laid down and cleared away"));
        TestContext.Out.WriteLine(job.Log);
        Assert.That(Box.Items(), Is.Empty);
        Assert.That(Directory.Exists(Path.Combine(Box.Data, "canary")), Is.False);
        Box.AssertTidy();
    }
}
