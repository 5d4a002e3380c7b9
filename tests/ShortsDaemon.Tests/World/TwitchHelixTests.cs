using NUnit.Framework;

namespace ShortsDaemon.Tests.World;

internal sealed class TwitchHelixTests : TwitchTestBase
{
    [Test]
    public async Task A_call_needs_the_word_bearer_a_valid_token_and_its_client_id()
    {
        var token = await AppTokenAsync();
        Answer[] answers =
        [
            await GetAsync("helix/games?id=1"),
            await GetAsync("helix/games?id=1", $"OAuth {token}"),
            await GetAsync("helix/games?id=1", "Bearer nonsense"),
            await GetAsync("helix/games?id=1", $"Bearer {token}", clientId: "other"),
            await GetAsync("helix/games?id=1", $"Bearer {token}"),
        ];

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 401, 401, 401, 401, 200 }));
        Assert.That(answers[1].Message, Is.EqualTo("OAuth token is missing"));
        Assert.That(answers[2].Message, Is.EqualTo("Invalid OAuth token"));
        Assert.That(answers[3].Message, Is.EqualTo("Client ID and OAuth token do not match"));
        Assert.That(answers[2].Json.GetProperty("error").GetString(), Is.EqualTo("Unauthorized"));
    }

    [Test]
    public async Task A_bucket_runs_dry_and_fills_by_the_clock()
    {
        (Twitch.Switches.RatePoints, Twitch.Switches.RateRefill) = (5, TimeSpan.FromSeconds(10));
        var token = $"Bearer {await AppTokenAsync()}";

        var answers = new List<Answer>();
        for (var i = 0; i < 6; i++)
            answers.Add(await GetAsync("helix/games?id=1", token));
        Clock.Advance(TimeSpan.FromSeconds(2));
        answers.Add(await GetAsync("helix/games?id=1", token));
        answers.Add(await GetAsync("helix/games?id=1", token));

        Assert.That(
            answers.ConvertAll(answer => answer.Status),
            Is.EqualTo(new[] { 200, 200, 200, 200, 200, 429, 200, 429 })
        );
        Assert.That(answers[1].Header("Ratelimit-Remaining"), Is.EqualTo(3));
        Assert.That(answers[1].Header("Ratelimit-Limit"), Is.EqualTo(5));
        Assert.That(answers[5].Header("Ratelimit-Remaining"), Is.Zero);
        Assert.That(answers[5].Header("Ratelimit-Reset"), Is.EqualTo(Now.ToUnixTimeSeconds() - 2 + 10));
    }

    [Test]
    public async Task The_application_and_each_user_have_buckets_of_their_own()
    {
        Twitch.Switches.RatePoints = 1;
        Twitch.AddBroadcaster("streamer");
        var app = $"Bearer {await AppTokenAsync()}";
        var otherApp = $"Bearer {await AppTokenAsync()}";
        var user = $"Bearer {Twitch.GrantUserToken("streamer").Access}";

        int[] statuses =
        [
            (await GetAsync("helix/games?id=1", app)).Status,
            (await GetAsync("helix/games?id=1", user)).Status,
            (await GetAsync("helix/games?id=1", otherApp)).Status,
        ];

        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429 }));
    }

    [Test]
    public async Task Users_are_found_by_id_and_login_and_the_unknown_left_out()
    {
        var one = Twitch.AddBroadcaster("one");
        Twitch.AddBroadcaster("two", "77");
        var token = $"Bearer {await AppTokenAsync()}";

        var found = await GetAsync($"helix/users?id=77&login=one&login=nobody&id={one}", token);
        var tooMany = await GetAsync(
            "helix/users?" + string.Join('&', Enumerable.Range(0, 101).Select(i => $"id={i}")),
            token
        );
        var none = await GetAsync("helix/users", token);
        var owner = await GetAsync("helix/users", $"Bearer {Twitch.GrantUserToken("two").Access}");

        Assert.That(found.Ids, Is.EquivalentTo(new[] { "77", one }));
        Assert.That((tooMany.Status, none.Status), Is.EqualTo((400, 400)));
        Assert.That(owner.Ids, Is.EqualTo(new[] { "77" }));
    }

    [Test]
    public async Task A_renamed_user_keeps_the_id_and_a_banned_one_vanishes_with_the_clips()
    {
        var id = Twitch.AddBroadcaster("old_name");
        Twitch.AddClip("old_name", "a", Now.AddHours(-1));
        var token = $"Bearer {await AppTokenAsync()}";

        Twitch.Rename("old_name", "new_name");
        var byId = await GetAsync($"helix/users?id={id}", token);
        var byOld = await GetAsync("helix/users?login=old_name", token);
        Twitch.Ban("new_name");
        var banned = await GetAsync($"helix/users?id={id}", token);
        var clips = await GetAsync($"helix/clips?broadcaster_id={id}", token);

        Assert.That(byId.Data.Single().GetProperty("login").GetString(), Is.EqualTo("new_name"));
        Assert.That(byOld.Data, Is.Empty);
        Assert.That(banned.Data, Is.Empty);
        Assert.That(clips.Data, Is.Empty);
    }

    [Test]
    public async Task Games_are_found_by_id_and_exact_name()
    {
        var chess = Twitch.AddGame("Chess");
        Twitch.AddGame("Go", "9");
        var token = $"Bearer {await AppTokenAsync()}";

        var found = await GetAsync($"helix/games?id={chess}&name=Go&name=chess", token);
        var none = await GetAsync("helix/games", token);

        Assert.That(found.Ids, Is.EqualTo(new[] { chess, "9" }));
        Assert.That(none.Status, Is.EqualTo(400));
    }
}
