using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Download;

internal sealed class DownloadStageTests
{
    private SlowSource _slow = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _slow = new SlowSource();
        _world = new FlowWorld(change: services => services.AddSingleton<ISource>(_slow));
    }

    [TearDown]
    public void CleanUp() => _world.Dispose();

    [Test]
    public async Task What_was_left_half_done_goes_even_when_there_is_no_room()
    {
        var item = await _world.AddAsync("clip.mp4", "x");
        // The recording fits, its Short never would.
        await SetLengthAsync(item, 1e11);
        var files = _world.Data.Of(item.Id);
        files.Create();
        await File.WriteAllTextAsync(WorkFolder.Partial(files.Source), "half");
        var waiting = await RunAsync(item);
        Assert.That((waiting.State, waiting.Waits), Is.EqualTo((ItemState.Download, 1)));
        Assert.That(waiting.Reason, Does.Contain("Health:DiskMinimumMiB"));
        Assert.That(Directory.GetFiles(files.Root), Is.Empty);
    }

    [Test]
    public async Task A_fetch_that_fails_leaves_nothing_behind()
    {
        var item = await _world.AddAsync("clip.mp4", "x");
        _world.Drop("clip.mp4", "replaced since");
        Assert.That((await RunAsync(item)).State, Is.EqualTo(ItemState.Rejected));
        Assert.That(Directory.GetFiles(_world.Data.Of(item.Id).Root), Is.Empty);
    }

    [Test]
    public async Task Only_a_few_are_fetched_at_once()
    {
        List<Task<Outcome>> all = [];
        var stage = _world.Get<IEnumerable<IStage>>().Single(s => s.State == ItemState.Download);
        for (var i = 1; i <= 8; i++)
        {
            var item = _world.NewItem($"{i}", $"{i}", "", ItemState.Download);
            (item.Id, item.Source) = (new ItemId(i), "Slow:x");
            var channel = _world.Live.Value.Channels[FlowWorld.ChannelName];
            all.Add(stage.RunAsync(new(item, channel, _world.Data.Of(item.Id), _ => { }), CancellationToken.None));
        }
        Assert.That(_slow.Begun, Is.EqualTo(3), "one lane for encodes, and two more");
        _slow.GoOn.SetResult();
        Assert.That(await Task.WhenAll(all), Has.All.InstanceOf<Outcome.Advanced>());
        Assert.That(_slow.Begun, Is.EqualTo(8));
    }

    [TestCase(1081, ItemState.Rejected, "its picture is 1920×1080 px")]
    [TestCase(1080, ItemState.Render, null)]
    public async Task What_a_list_did_not_tell_is_judged_when_the_file_is_there(
        int minHeight,
        ItemState state,
        string? reason
    )
    {
        using var tools = new FakeMediaTools();
        using var world = new FlowWorld(tools: tools);
        var channel = world.Live.Value.Channels[FlowWorld.ChannelName];
        world.Live.Value.Channels[FlowWorld.ChannelName] = new()
        {
            Sources = channel.Sources,
            Destinations = channel.Destinations,
            Selection = new() { MinHeight = minHeight },
        };
        var item = await world.AddAsync("clip.mp4", "x");
        await using (var db = world.Open())
            await db
                .Items.Where(i => i.Id == item.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Facts!.Width, 0).SetProperty(i => i.Facts!.Height, 0));
        item.Facts = item.Facts! with { Width = 0, Height = 0 };

        var after = await world.Get<StageRunner>().RunAsync(item, CancellationToken.None);

        Assert.That(after.State, Is.EqualTo(state));
        Assert.That(after.Reason, reason is null ? Is.Null : Does.StartWith(reason!).And.Contain("MinHeight"));
        Assert.That(after.Facts! with { LoudnessRange = null }, Is.EqualTo(new ClipFacts(5, 1920, 1080, true)));
    }

    [TestCase(0, ItemState.Render, "SecondLook Selected")]
    [TestCase(0.9, ItemState.Rejected, "SecondLook Rejected")]
    public async Task A_clip_is_scored_once_more_with_its_real_picture_and_its_sound(
        double minScore,
        ItemState state,
        string decision
    )
    {
        using var tools = new FakeMediaTools();
        using var world = new FlowWorld(tools: tools);
        var channel = world.Live.Value.Channels[FlowWorld.ChannelName];
        world.Live.Value.Channels[FlowWorld.ChannelName] = new()
        {
            Sources = channel.Sources,
            Destinations = channel.Destinations,
            Selection = new() { MinScore = minScore },
        };
        var item = await world.AddAsync("clip.mp4", "x");
        item.Facts = item.Facts! with { Width = 0, Height = 0 };
        await using (var db = world.Open())
        {
            await db
                .Items.Where(i => i.Id == item.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Facts!.Width, 0).SetProperty(i => i.Facts!.Height, 0));
            db.Decisions.Add(Selected(item));
            await db.SaveChangesAsync();
        }

        var after = await world.Get<StageRunner>().RunAsync(item, CancellationToken.None);

        Assert.That(after.State, Is.EqualTo(state), after.Reason);
        Assert.That(after.Facts!.LoudnessRange, Is.EqualTo(6));
        await using var read = world.Open();
        var second = (await read.Decisions.OrderBy(d => d.Id).ToListAsync())[^1];
        Assert.That($"{second.Rule} {second.Verdict}", Is.EqualTo(decision));
        Assert.That(
            second.Features.Select(f => (f.Name, f.Value, f.Points)),
            Is.EqualTo(
                new[] { ("Freshness", 1.0, 0.9), ("Resolution", 1080, 1), ("HasSound", 1, 1), ("SoundEnergy", 6, 0.5) }
            )
        );
        // (0.9 × 1 + 1 × 0.5 + 1 × 0.5 + 0.5 × 0.5) ÷ 2.5
        Assert.That(after.Score, Is.EqualTo(0.86).Within(1e-9));
    }

    private static Decision Selected(Item item) =>
        new()
        {
            ItemId = item.Id,
            Verdict = Verdict.Selected,
            Rule = "Score",
            Reason = "number 1",
            Features = [new Feature("Freshness", 1, "h", 0.9, 1)],
        };

    [Test]
    public async Task What_a_source_keeps_survives_a_wait_but_neither_success_nor_a_full_disk()
    {
        var item = await AddSlowAsync();
        var kept = Path.Combine(WorkFolder.Scratch(_world.Data.Of(item.Id).Source), "kept");
        _slow.Keep = true;
        _slow.GoOn.SetException(new UnavailableException("no answer"));
        Assert.That((await RunAsync(item)).Waits, Is.EqualTo(1));
        Assert.That(File.Exists(kept), Is.True);

        item = await ReadAsync(item);
        await SetLengthAsync(item, 1e11);
        await RunAsync(item);
        Assert.That(File.Exists(kept), Is.False, "no room");

        item = await ReadAsync(item);
        await SetLengthAsync(item, 5);
        _slow.GoOn = new TaskCompletionSource();
        _slow.GoOn.SetException(new IOException("No space left on device"));
        await RunAsync(await ReadAsync(item));
        Assert.That(File.Exists(kept), Is.False, "full disk");

        _slow.GoOn = new TaskCompletionSource();
        _slow.GoOn.SetResult();
        Assert.That((await RunAsync(await ReadAsync(item))).State, Is.EqualTo(ItemState.Render));
        Assert.That(File.Exists(kept), Is.False, "done");
    }

    private async Task<Item> AddSlowAsync()
    {
        var item = await _world.AddAsync("clip.mp4", "x");
        await using var db = _world.Open();
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Source, "Slow:x"));
        return await ReadAsync(item);
    }

    private async Task<Item> ReadAsync(Item item)
    {
        await using var db = _world.Open();
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == item.Id);
    }

    private async Task SetLengthAsync(Item item, double seconds)
    {
        item.Facts = item.Facts! with { LengthSeconds = seconds };
        await using var db = _world.Open();
        await db
            .Items.Where(i => i.Id == item.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(i => i.Facts!.LengthSeconds, seconds));
    }

    private Task<Item> RunAsync(Item item) => _world.Get<StageRunner>().RunAsync(item, CancellationToken.None);

    private sealed class SlowSource : ISource
    {
        private int _begun;

        public int Begun => _begun;
        public TaskCompletionSource GoOn { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public bool Keep { get; set; }
        public string Type => "Slow";

        public string Identify(SourceOptions options) => "Slow:x";

        public Task<Listing> ListAsync(SourceOptions options, CancellationToken cancel) =>
            Task.FromResult(new Listing([]));

        public Task<ClipFacts> DescribeAsync(Item item, CancellationToken cancel) =>
            Task.FromResult(new ClipFacts(5, 1920, 1080, true));

        public async Task FetchAsync(Item item, string path, CancellationToken cancel)
        {
            Interlocked.Increment(ref _begun);
            if (Keep)
                Directory.CreateDirectory(WorkFolder.Scratch(path));
            if (Keep)
                await File.WriteAllTextAsync(Path.Combine(WorkFolder.Scratch(path), "kept"), "half", cancel);
            await GoOn.Task.WaitAsync(cancel);
            await File.WriteAllTextAsync(path, item.ExternalId, cancel);
        }
    }
}
