using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

/// <summary>
/// Whatever goes wrong and whenever: once it stops going wrong, every item ends, a good one is in the outbox exactly once,
/// and nothing is left lying about. SHORTSDAEMON_LONG=1 runs 35 times as many cases; SHORTSDAEMON_SEED repeats a run.
/// </summary>
internal sealed class WalkPropertyTests
{
    private static readonly FaultKind[] All = Enum.GetValues<FaultKind>();
    private static readonly FaultKind[] WithoutTools =
    [
        .. All.Where(k => k is not (FaultKind.ToolCrash or FaultKind.ToolRefuse or FaultKind.ToolDiskFull)),
    ];

    private TestFolder _folder = null!;
    private FakeMediaTools _tools = null!;

    [OneTimeSetUp]
    public async Task MakeTemplate()
    {
        _folder = new TestFolder();
        _tools = new FakeMediaTools();
        using var world = new FlowWorld();
        await using var db = world.Open();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(world.ConnectionString);
        await connection.OpenAsync();
        using var copy = connection.CreateCommand();
        copy.CommandText = $"VACUUM INTO '{Template}'";
        await copy.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public void CleanUp()
    {
        _tools.Dispose();
        _folder.Dispose();
    }

    private string Template => _folder["template.db"];

    [Test]
    public void Every_item_ends_well_with_doubles_for_ffmpeg() => Check(80, WithoutTools, WalkWithDoublesAsync);

    [Test]
    public void Every_item_ends_well_with_the_real_stages() => Check(28, All, WalkRealStagesAsync);

    private static void Check(int cases, FaultKind[] kinds, Func<WalkPlan, Task> walk)
    {
        if (Torture.IsLong)
            cases *= 50;
        var text = Environment.GetEnvironmentVariable("SHORTSDAEMON_SEED");
        var seed = text is null ? (ulong)Random.Shared.NextInt64() : ulong.Parse(text, CultureInfo.InvariantCulture);
        TestContext.Out.WriteLine($"SHORTSDAEMON_SEED={seed}, {cases} cases");
        var started = Stopwatch.GetTimestamp();
        var property = Prop.ForAll(
            WalkPlans.Of(kinds),
            plan =>
            {
                // An assertion's own exception would mark the test as failed before FsCheck could shrink the plan.
                using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
                    walk(plan).GetAwaiter().GetResult();
            }
        );
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(seed | 1, seed | 1), null)),
            property
        );
        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    private async Task WalkWithDoublesAsync(WalkPlan plan)
    {
        FaultScript script = null!;
        using var world = new FlowWorld(
            Template,
            change: services =>
            {
                foreach (var real in services.Where(IsMediaStage).ToList())
                    services.Remove(real);
                services.AddSingleton<IStage, RenderDouble>().AddSingleton<IStage, GateDouble>();
                AddFaults(services, () => script);
            }
        );
        foreach (var name in WalkCase.NamesFor(plan))
            await world.AddAsync(name, WalkCase.Marker(name));
        world.Review(plan.IsReviewed);
        script = new FaultScript(plan.Faults, world.Data, tools: null);
        world.Restart();
        await new WalkCase(world, script, plan).RunAsync();
        await new WalkOutcome(world, plan).AssertAsync();
    }

    private async Task WalkRealStagesAsync(WalkPlan plan)
    {
        _tools.Behave();
        FaultScript script = null!;
        using var world = new FlowWorld(Template, _tools, services => AddFaults(services, () => script));
        foreach (var name in WalkCase.NamesFor(plan))
            world.Drop(name, WalkCase.Marker(name));
        var run = await world.Get<ChannelRun>().RunAsync(FlowWorld.ChannelName, CancellationToken.None);
        Assert.That(run.Selected, Has.Count.EqualTo(plan.Items));
        world.Review(plan.IsReviewed);
        script = new FaultScript(plan.Faults, world.Data, _tools.Folder);
        world.Restart();
        await new WalkCase(world, script, plan).RunAsync();
        await new WalkOutcome(world, plan).AssertAsync();
    }

    private static bool IsMediaStage(ServiceDescriptor service) =>
        service.ImplementationType == typeof(RenderStage) || service.ImplementationType == typeof(GateStage);

    // The world is built, and its items are made, before anything goes wrong.
    private static void AddFaults(IServiceCollection services, Func<FaultScript> script)
    {
        if (script() is { } known)
            WalkCase.AddFaults(services, known);
    }
}
