using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Pipeline.Streaming;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Streaming;

/// <summary>The owner's stream comes first.</summary>
internal sealed class OwnStreamTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;
    private string? _running;
    private int _looks;

    [SetUp]
    public void MakeWorld()
    {
        (_running, _looks) = (null, 0);
        _world = new FlowWorld(
            tools: _tools = new FakeMediaTools(),
            change: services => services.AddSingleton<FindRunning>(Find)
        );
    }

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task New_work_waits_while_a_streaming_program_runs_and_goes_on_afterwards()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        _running = "obs";

        item = await StepAsync(item);
        Assert.That(
            (item.State, item.Reason, item.NotBefore),
            Is.EqualTo(
                (
                    ItemState.Download,
                    "'obs' is running on this machine; it goes on when that has ended (Encoding:PauseWhileRunning)",
                    (DateTimeOffset?)(_world.Clock.GetUtcNow() + OwnStream.Pause)
                )
            )
        );
        Assert.That(item.Tries, Is.Zero, "it is no failure of the item");

        _running = null;
        _world.Clock.Advance(OwnStream.Pause);
        item = await StepAsync(item);
        Assert.That(item.State, Is.EqualTo(ItemState.Render), item.Reason);
    }

    [Test]
    public async Task What_is_made_keeps_its_slot_and_the_test_Short_goes_on()
    {
        var item = await _world.AddAsync("a.mp4", "a");
        while (item.State != ItemState.Publish)
            item = await StepAsync(item);
        _running = "obs";
        _world.Clock.Advance(OwnStream.Pause);

        Assert.That((await StepAsync(item)).State, Is.EqualTo(ItemState.Published));
        Assert.That(
            await _world.Get<MaintenanceCatalog>().Find("canary")!.RunAsync(default),
            Does.Contain("was made, checked")
        );
    }

    [Test]
    public void All_processes_are_gone_through_only_now_and_then()
    {
        var stream = _world.Get<OwnStream>();
        _running = "obs";
        for (var i = 0; i < 100; i++)
            Assert.That(stream.WhyWait(), Is.Not.Null);
        Assert.That(_looks, Is.EqualTo(1));
        _world.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(stream.WhyWait(), Is.Not.Null);
        Assert.That(_looks, Is.EqualTo(2));
    }

    [TestCase("", 0)]
    [TestCase(" obs64 ;; OBS Studio ", 2)]
    public void The_names_are_separated_by_semicolons_and_none_switches_it_off(string names, int count) =>
        Assert.That(new EncodingOptions { PauseWhileRunning = names }.StreamingPrograms, Has.Count.EqualTo(count));

    [Test]
    public async Task A_program_is_found_by_its_name_whatever_the_case()
    {
        using var folder = new TestFolder();
        // Not a name that somebody's own program could have.
        var name = $"sd{Guid.NewGuid():N}"[..12];
        File.Copy(ToolPath.Require("sleep"), folder[name]);
        var runner = new ProcessRunner(TimeProvider.System, folder.Root);
        using var stop = new CancellationTokenSource();
        var running = runner.RunAsync(new ProcessCommand(folder[name], ["60"]), OutputHandlers.None, stop.Token);
        try
        {
            Assert.That(
                () => RunningPrograms.FirstOf(["nobody", name.ToUpperInvariant()]),
                Is.EqualTo(name).After(10_000, 20)
            );
            Assert.That(RunningPrograms.FirstOf(["nobody"]), Is.Null);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string? Find(IReadOnlyCollection<string> names)
    {
        _looks++;
        return names.Contains(_running, StringComparer.OrdinalIgnoreCase) ? _running : null;
    }

    private Task<Item> StepAsync(Item item) => _world.Get<StageRunner>().RunAsync(item, CancellationToken.None);
}
