using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using ShortsDaemon.Host.Service;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Service;

/// <summary>What the service manager hears, over a real datagram socket.</summary>
internal sealed class ServiceManagerTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void It_hears_everything_at_a_path_and_at_an_abstract_name(bool isAbstract)
    {
        using var folder = new TestFolder();
        var name = isAbstract ? $"@shorts-{Guid.NewGuid():N}" : folder["notify"];
        using var listener = new NotifyListener(name);
        using var manager = Make(("NOTIFY_SOCKET", name));

        manager.Ready();
        manager.Status("At work: 1 item");
        manager.Alive();
        manager.Stopping();

        Assert.That(
            listener.Heard(4),
            Is.EqualTo((string[])["READY=1", "STATUS=At work: 1 item", "WATCHDOG=1", "STOPPING=1"])
        );
    }

    [Test]
    public void Without_one_and_with_one_that_is_gone_nothing_happens()
    {
        using var folder = new TestFolder();
        using var nobody = Make();
        using var gone = Make(("NOTIFY_SOCKET", folder["notify"]));
        Assert.That(
            () =>
            {
                nobody.Ready();
                gone.Ready();
                gone.Alive();
            },
            Throws.Nothing
        );
    }

    [Test]
    public void Its_patience_counts_only_when_it_is_meant_for_this_process()
    {
        using var ours = Make(("WATCHDOG_USEC", "3000000"), ("WATCHDOG_PID", $"{Environment.ProcessId}"));
        using var anybodys = Make(("WATCHDOG_USEC", "3000000"));
        using var others = Make(("WATCHDOG_USEC", "3000000"), ("WATCHDOG_PID", "1"));
        using var none = Make();
        Assert.That(
            ((ServiceManager[])[ours, anybodys, others, none]).Select(m => m.WatchdogInterval),
            Is.EqualTo((TimeSpan?[])[TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), null, null])
        );
    }

    private static ServiceManager Make(params (string Name, string Value)[] environment) =>
        new(name => environment.FirstOrDefault(entry => entry.Name == name).Value, NullLogger<ServiceManager>.Instance);
}
