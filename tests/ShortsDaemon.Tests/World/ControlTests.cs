using System.Text;
using NUnit.Framework;

namespace ShortsDaemon.Tests.World;

internal sealed class ControlTests : TwitchTestBase
{
    [Test]
    public async Task What_the_world_saw_can_be_read_back()
    {
        await GetAsync("oauth2/validate?a=1");
        await GetAsync("oauth2/validate?a=2");
        await GetAsync("somewhere/else");

        var summary = (await GetAsync("world")).Json.GetProperty("calls");
        var calls = (await GetAsync("world/calls/twitch.validate")).Json;

        Assert.That(summary.GetProperty("twitch.validate").GetInt32(), Is.EqualTo(2));
        Assert.That(summary.GetProperty("/somewhere/else").GetInt32(), Is.EqualTo(1));
        Assert.That(summary.EnumerateObject().Count(), Is.EqualTo(2), "the control calls do not count");
        Assert.That(calls[1].GetProperty("target").GetString(), Is.EqualTo("/oauth2/validate?a=2"));
        Assert.That(calls[1].GetProperty("status").GetInt32(), Is.EqualTo(401));
    }

    [Test]
    public async Task Faults_are_added_listed_and_cleared_at_run_time()
    {
        var added = await SendAsync("world/faults", """[{ "call": "*", "do": "status 500", "times": "always" }]""");
        var hit = await GetAsync("oauth2/validate");
        var listed = (await GetAsync("world/faults")).Json[0];
        await Http.DeleteAsync("world/faults");
        var well = await GetAsync("oauth2/validate");

        Assert.That(added.Json.GetProperty("added").GetInt32(), Is.EqualTo(1));
        Assert.That((hit.Status, well.Status), Is.EqualTo((500, 401)));
        Assert.That(listed.GetProperty("met").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wrong_script_is_refused_with_the_reason()
    {
        var refused = await SendAsync("world/faults", """[{ "call": "twitch.clips", "do": "explode" }]""");

        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Json.GetProperty("problem").GetString(), Does.Contain("line 1, rule 1: 'explode'"));
    }

    [Test]
    public async Task Broadcasters_and_clips_come_and_go_at_run_time()
    {
        var broadcaster = await SendAsync("world/twitch/broadcasters", """{ "login": "streamer" }""");
        var clip = await SendAsync(
            "world/twitch/clips",
            """{ "broadcaster": "streamer", "title": "wow", "views": 5, "duration": 12.5 }"""
        );
        var nobody = await SendAsync("world/twitch/clips", """{ "broadcaster": "nobody", "title": "wow" }""");
        var clips = $"helix/clips?broadcaster_id={broadcaster.Json.GetProperty("id").GetString()}";
        var token = $"Bearer {await AppTokenAsync()}";
        var before = await GetAsync(clips, token);
        await Http.DeleteAsync($"world/twitch/clips/{clip.Json.GetProperty("id").GetString()}");
        var after = await GetAsync(clips, token);

        Assert.That(before.Data.Single().GetProperty("duration").GetDouble(), Is.EqualTo(12.5));
        Assert.That(before.Data.Single().GetProperty("view_count").GetInt32(), Is.EqualTo(5));
        Assert.That(after.Data, Is.Empty);
        Assert.That(nobody.Status, Is.EqualTo(400));
        Assert.That(nobody.Json.GetProperty("problem").GetString(), Does.Contain("'nobody'"));
    }

    private async Task<Answer> SendAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(path, content);
        return await Answer.OfAsync(answer);
    }
}
