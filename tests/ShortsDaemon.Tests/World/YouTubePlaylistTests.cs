using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ShortsDaemon.World.YouTube;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubePlaylistTests : YouTubeTestBase
{
    private static readonly string Uploads = "UU" + ChannelId[2..];

    [Test]
    public async Task The_uploads_playlist_lags_and_shows_the_newest_first()
    {
        Sandbox.YouTube.Rules.ListLag = TimeSpan.FromMinutes(5);
        var first = await Sandbox.UploadAsync();
        Assert.That(await IdsAsync(), Is.Empty);
        Sandbox.Time.Advance(TimeSpan.FromMinutes(5));
        var second = await Sandbox.UploadAsync();
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { first }));
        Sandbox.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { second, first }));
    }

    [Test]
    public async Task Pages_have_at_most_fifty()
    {
        for (var i = 0; i < 120; i++)
            Sandbox.YouTube.AddVideo(ChannelId, $"Old {i}");
        Sandbox.Time.Advance(Sandbox.YouTube.Rules.ListLag);
        var (titles, sizes, token) = (new List<string?>(), new List<int>(), (string?)null);
        do
        {
            var page = await PageAsync("&maxResults=50" + (token is null ? "" : $"&pageToken={token}"));
            var items = page["items"]!.AsArray();
            titles.AddRange(items.Select(i => (string?)i!["snippet"]!["title"]));
            sizes.Add(items.Count);
            token = (string?)page["nextPageToken"];
        } while (token is not null);
        Assert.That(sizes, Is.EqualTo(new[] { 50, 50, 20 }));
        Assert.That(titles, Is.EqualTo(Enumerable.Range(0, 120).Reverse().Select(i => $"Old {i}")));
        Assert.That(Sandbox.YouTube.Quota().Units, Is.EqualTo(3), "every page counts");
    }

    [Test]
    public async Task Ghosts_of_the_deleted_and_the_rejected_stay_for_a_while()
    {
        Sandbox.YouTube.PlanOutcome(ProcessingOutcome.Rejects("duplicate"));
        var rejected = await Sandbox.UploadAsync();
        var deleted = Sandbox.YouTube.AddVideo(ChannelId, "Old");
        Sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        Sandbox.YouTube.DeleteVideo(deleted);
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { deleted, rejected }));
        var titles = (await PageAsync(""))["items"]!.AsArray().Select(i => (string?)i!["snippet"]!["title"]);
        Assert.That(titles, Does.Contain("Deleted video").And.Not.Contain("Old"));
        Sandbox.Time.Advance(TimeSpan.FromDays(1));
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        Assert.That(await IdsAsync(), Is.EqualTo(new[] { rejected }));
    }

    [Test]
    public async Task Inserting_twice_adds_twice()
    {
        var playlist = Sandbox.YouTube.AddPlaylist(ChannelId, "Shorts");
        var video = await Sandbox.UploadAsync();
        (await InsertAsync(playlist, video)).EnsureSuccessStatusCode().Dispose();
        (await InsertAsync(playlist, video)).EnsureSuccessStatusCode().Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().PlaylistIds, Is.EqualTo(new[] { playlist, playlist }));
        Assert.That(await IdsAsync(playlist), Is.EqualTo(new[] { video, video }));
    }

    [Test]
    public async Task Unknown_playlists_and_videos_are_not_found()
    {
        var playlist = Sandbox.YouTube.AddPlaylist(ChannelId, "Shorts");
        var video = await Sandbox.UploadAsync();
        using var noPlaylist = await InsertAsync("PLnone", video);
        using var noVideo = await InsertAsync(playlist, "none");
        using var noList = await Sandbox.SendAsync(HttpMethod.Get, "youtube/v3/playlistItems?part=id&playlistId=PLx");
        Assert.That(await RefusalAsync(noPlaylist), Is.EqualTo((404, "playlistNotFound")));
        Assert.That(await RefusalAsync(noVideo), Is.EqualTo((404, "videoNotFound")));
        Assert.That(await RefusalAsync(noList), Is.EqualTo((404, "playlistNotFound")));
    }

    private Task<HttpResponseMessage> InsertAsync(string playlistId, string videoId) =>
        Sandbox.SendAsync(
            HttpMethod.Post,
            "youtube/v3/playlistItems?part=snippet",
            JsonContent.Create(
                new { snippet = new { playlistId, resourceId = new { kind = "youtube#video", videoId } } }
            )
        );

    private async Task<IReadOnlyList<string?>> IdsAsync(string? playlist = null) =>
        [
            .. (await PageAsync("", playlist))["items"]!
                .AsArray()
                .Select(i => (string?)i!["snippet"]!["resourceId"]!["videoId"]),
        ];

    private Task<JsonNode> PageAsync(string more, string? playlist = null) =>
        Sandbox.GetAsync($"youtube/v3/playlistItems?part=snippet&playlistId={playlist ?? Uploads}{more}");
}
