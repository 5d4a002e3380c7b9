using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Gate;

internal sealed class GateStageTests
{
    private FakeMediaTools _tools = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld()
    {
        _tools = new FakeMediaTools();
        _world = new FlowWorld(tools: _tools);
    }

    [TearDown]
    public void CleanUp()
    {
        _world.Dispose();
        _tools.Dispose();
    }

    [Test]
    public async Task The_loudness_it_was_made_for_counts_not_the_one_in_force_now()
    {
        var item = await RunAsync(await _world.AddAsync("clip.mp4", "x"));
        item = await RunAsync(item);
        Assert.That(item.State, Is.EqualTo(ItemState.Gate));
        var before = _world.Live.Value;
        var channel = before.Channels[FlowWorld.ChannelName];
        _world.Live.Accept(
            new ShortsOptions
            {
                Daemon = before.Daemon,
                Storage = before.Storage,
                Tools = before.Tools,
                Channels =
                {
                    [FlowWorld.ChannelName] = new()
                    {
                        Sources = channel.Sources,
                        Destinations = channel.Destinations,
                        Render = new() { LoudnessLufs = -23 },
                    },
                },
            }
        );
        item = await RunAsync(item);
        Assert.That((item.State, item.Reason), Is.EqualTo((ItemState.Publish, (string?)null)));
    }

    [Test]
    public async Task The_thumbnail_of_a_Short_that_passed_is_kept()
    {
        var item = await RunAsync(await MadeByAsync("libx264"));
        Assert.That(item.State, Is.EqualTo(ItemState.Publish));
        Assert.That(_world.Data.PreviewOf(item.Id), Does.Exist);
    }

    [Test]
    public async Task A_damaged_Short_is_made_again_and_the_recording_is_not_blamed()
    {
        var item = await MadeByAsync("libx264");
        Answer("*short.mp4*)", "*short.mp4*) echo 'Invalid data found when processing input' >&2; exit 1");
        item = await RunAsync(item);
        Assert.That(item.State, Is.EqualTo(ItemState.Render));
        Assert.That(item.Reason, Does.Contain("damaged"));
    }

    [Test]
    public async Task Hardware_that_makes_wrong_pictures_is_demoted_and_another_encoder_gets_its_turn()
    {
        var item = await MadeByAsync("h264_nvenc");
        Answer("yuv420p", "nv12");
        item = await RunAsync(item);
        Assert.That(item.State, Is.EqualTo(ItemState.Render));
        Assert.That(item.Reason, Does.Contain("h264_nvenc").And.Contain("FrameCheck"));
        var nvenc = _world.Get<EncoderSelection>().Report.Single(e => e.Name == "h264_nvenc");
        Assert.That(nvenc.Works, Is.False);
        Assert.That(nvenc.DemotedUntil, Is.EqualTo(_world.Clock.GetUtcNow().AddMinutes(60)));
    }

    [TestCase("libx264")]
    [TestCase("an_encoder_of_old")]
    public async Task Where_no_other_encoder_could_help_a_wrong_picture_is_rejected(string encoder)
    {
        var item = await MadeByAsync(encoder);
        Answer("yuv420p", "nv12");
        item = await RunAsync(item);
        Assert.That(item.State, Is.EqualTo(ItemState.Rejected));
        Assert.That(item.Reason, Does.StartWith("the Short did not pass: FrameCheck"));
    }

    private async Task<Item> MadeByAsync(string encoder)
    {
        var item = await RunAsync(await RunAsync(await _world.AddAsync("clip.mp4", "x")));
        await using var db = _world.Open();
        await db.Renditions.ExecuteUpdateAsync(s => s.SetProperty(r => r.Encoder, encoder));
        return item;
    }

    private void Answer(string instead, string words) =>
        File.WriteAllText(_tools.FFprobe, File.ReadAllText(_tools.FFprobe).Replace(instead, words));

    private Task<Item> RunAsync(Item item) => _world.Get<StageRunner>().RunAsync(item, CancellationToken.None);
}
