using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using NUnit.Framework;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

internal sealed class YouTubeUploadTests : YouTubeTestBase
{
    [Test]
    public async Task Chunks_make_a_video_with_the_last_byte_and_not_before()
    {
        var whole = Bytes(Step * 2 + 17);
        var session = await Sandbox.StartUploadAsync("Clip one", "unlisted");
        using var first = await Sandbox.PutAsync(session, whole, 0, Step * 2);
        Assert.That(first.StatusCode, Is.EqualTo((HttpStatusCode)308));
        Assert.That(Held(first), Is.EqualTo($"bytes=0-{Step * 2 - 1}"));
        Assert.That(first.Headers.Location, Is.Null);
        Assert.That(Sandbox.YouTube.Uploads, Is.Empty);

        using var last = await Sandbox.PutAsync(session, whole, Step * 2, 17);
        Assert.That(last.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var upload = Sandbox.YouTube.Uploads.Single();
        Assert.That((string?)(await JsonAsync(last))["id"], Is.EqualTo(upload.VideoId));
        Assert.That((upload.Title, upload.Privacy), Is.EqualTo(("Clip one", "unlisted")));
        Assert.That(upload.Tags, Is.EqualTo(new[] { "one", "two words" }));
        Assert.That((upload.Sha256, upload.SizeBytes), Is.EqualTo((Hash(whole), (long)whole.Length)));
        Assert.That(await File.ReadAllBytesAsync(upload.File!), Is.EqualTo(whole));
    }

    [Test]
    public async Task The_whole_file_in_one_request_will_do()
    {
        var whole = Bytes(Step + 1);
        var session = await Sandbox.StartUploadAsync();
        using var answer = await Sandbox.SendAsync(HttpMethod.Put, session, new ByteArrayContent(whole));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task The_question_how_far_it_is_has_an_answer_before_in_the_middle_and_after()
    {
        var whole = Bytes(Step + 5);
        var session = await Sandbox.StartUploadAsync();
        using var before = await Sandbox.AskAsync(session, whole.Length);
        Assert.That(((int)before.StatusCode, Held(before)), Is.EqualTo((308, "")));
        (await Sandbox.PutAsync(session, whole, 0, Step)).Dispose();
        using var middle = await Sandbox.AskAsync(session, whole.Length);
        Assert.That(((int)middle.StatusCode, Held(middle)), Is.EqualTo((308, $"bytes=0-{Step - 1}")));
        (await Sandbox.PutAsync(session, whole, Step, 5)).Dispose();
        using var after = await Sandbox.AskAsync(session, whole.Length);
        Assert.That((string?)(await JsonAsync(after))["id"], Is.EqualTo(Sandbox.YouTube.Uploads.Single().VideoId));
        Assert.That(Sandbox.World.Calls.Of("youtube.upload.ask"), Has.Count.EqualTo(3));
        Assert.That(Sandbox.World.Calls.Of("youtube.upload.chunk"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_chunk_that_is_no_step_of_256_KiB_is_refused_unless_it_is_the_last()
    {
        var session = await Sandbox.StartUploadAsync();
        using var answer = await Sandbox.PutAsync(session, Bytes(Step * 2), 0, Step - 1);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var held = await Sandbox.AskAsync(session, Step * 2);
        Assert.That(Held(held), Is.Empty);
    }

    [Test]
    public async Task Bytes_sent_twice_are_stored_once_and_bytes_behind_a_gap_not_at_all()
    {
        var whole = Bytes(Step * 3);
        var session = await Sandbox.StartUploadAsync();
        (await Sandbox.PutAsync(session, whole, 0, Step)).Dispose();
        using var gap = await Sandbox.PutAsync(session, whole, Step * 2, Step);
        Assert.That(((int)gap.StatusCode, Held(gap)), Is.EqualTo((308, $"bytes=0-{Step - 1}")));
        using var last = await Sandbox.PutAsync(session, whole, 0, whole.Length);
        Assert.That(last.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task A_chunk_can_be_stored_in_part()
    {
        Sandbox.YouTube.Rules.KeepsPerChunk = Step;
        var whole = Bytes(Step * 3);
        var session = await Sandbox.StartUploadAsync();
        using var part = await Sandbox.PutAsync(session, whole, 0, Step * 3);
        Assert.That(((int)part.StatusCode, Held(part)), Is.EqualTo((308, $"bytes=0-{Step - 1}")));
        Sandbox.YouTube.Rules.KeepsPerChunk = null;
        (await Sandbox.PutAsync(session, whole, Step, Step * 2)).Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task An_upload_that_never_gets_on_answers_308_for_ever()
    {
        Sandbox.YouTube.Rules.KeepsPerChunk = 0;
        var whole = Bytes(100);
        var session = await Sandbox.StartUploadAsync();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await Sandbox.PutAsync(session, whole, 0, 100);
            Assert.That(((int)answer.StatusCode, Held(answer)), Is.EqualTo((308, "")));
        }
        Assert.That(Sandbox.YouTube.Uploads, Is.Empty);
    }

    [Test]
    public async Task Another_size_than_announced_is_refused()
    {
        var body = JsonContent.Create(Video());
        body.Headers.Add("X-Upload-Content-Length", "100");
        using var start = await Sandbox.SendAsync(HttpMethod.Post, UploadsPath, body);
        using var answer = await Sandbox.AskAsync(start.Headers.Location!.ToString(), 101);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [TestCase(404)]
    [TestCase(410)]
    public async Task A_lost_session_is_gone_and_its_words_are_no_JSON(int status)
    {
        var whole = Bytes(Step * 2);
        var session = await Sandbox.StartUploadAsync();
        (await Sandbox.PutAsync(session, whole, 0, Step)).Dispose();
        Sandbox.YouTube.ExpireSessions(status);
        using var answer = await Sandbox.AskAsync(session, whole.Length);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/plain"));
    }

    [Test]
    public async Task A_session_lives_a_week()
    {
        var session = await Sandbox.StartUploadAsync();
        Sandbox.Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        using var alive = await Sandbox.AskAsync(session, 10);
        Assert.That((int)alive.StatusCode, Is.EqualTo(308));
        Sandbox.Time.Advance(TimeSpan.FromSeconds(1));
        using var dead = await Sandbox.AskAsync(session, 10);
        Assert.That((int)dead.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_cancelled_session_never_becomes_a_video()
    {
        var session = await Sandbox.StartUploadAsync();
        using var cancelled = await Sandbox.SendAsync(HttpMethod.Delete, session);
        Assert.That((int)cancelled.StatusCode, Is.EqualTo(499));
        using var answer = await Sandbox.PutAsync(session, Bytes(10), 0, 10);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(Sandbox.YouTube.Uploads, Is.Empty);
    }

    [Test]
    public async Task A_chunk_on_its_way_when_the_session_is_cancelled_makes_no_video()
    {
        Sandbox.YouTube.Rules.BytesPerSecond = 10;
        var session = await Sandbox.StartUploadAsync();
        var chunk = Sandbox.PutAsync(session, Bytes(100), 0, 100);
        await Sandbox.SomethingWaitsAsync();
        (await Sandbox.SendAsync(HttpMethod.Delete, session)).Dispose();
        Assert.CatchAsync<HttpRequestException>(() => chunk);
        Assert.That(Sandbox.YouTube.Uploads, Is.Empty);
        Assert.That(Directory.EnumerateFiles(Sandbox["youtube"]), Is.Empty);
    }

    [Test]
    public async Task The_session_of_another_channel_is_not_found()
    {
        var session = await Sandbox.StartUploadAsync();
        Sandbox.YouTube.AddAccount("other", "UCother");
        Sandbox.Token = Sandbox.YouTube.IssueToken("other").AccessToken;
        using var answer = await Sandbox.PutAsync(session, Bytes(10), 0, 10);
        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task An_expired_token_in_mid_upload_is_renewed_and_the_session_goes_on()
    {
        var whole = Bytes(Step + 1);
        var session = await Sandbox.StartUploadAsync();
        (await Sandbox.PutAsync(session, whole, 0, Step)).Dispose();
        Sandbox.Google.ExpireAccessTokens("main");
        using var refused = await Sandbox.PutAsync(session, whole, Step, 1);
        Assert.That(await RefusalAsync(refused), Is.EqualTo((401, "authError")));
        Sandbox.Token = Sandbox.YouTube.IssueToken("main").AccessToken;
        using var done = await Sandbox.PutAsync(session, whole, Step, 1);
        Assert.That(done.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_gzipped_body_is_read()
    {
        var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(await JsonContent.Create(Video("Zipped")).ReadAsByteArrayAsync());
        var body = new ByteArrayContent(zipped.ToArray());
        body.Headers.ContentEncoding.Add("gzip");
        using var start = await Sandbox.SendAsync(HttpMethod.Post, UploadsPath, body);
        (await Sandbox.PutAsync(start.Headers.Location!.ToString(), Bytes(1), 0, 1)).Dispose();
        Assert.That(Sandbox.YouTube.Uploads.Single().Title, Is.EqualTo("Zipped"));
    }

    [Test]
    public async Task Dropped_files_leave_their_hash()
    {
        Sandbox.YouTube.Rules.KeepsFiles = false;
        var whole = Bytes(50);
        await Sandbox.UploadAsync(whole);
        var upload = Sandbox.YouTube.Uploads.Single();
        Assert.That((upload.File, upload.Sha256), Is.EqualTo(((string?)null, Hash(whole))));
        Assert.That(Directory.EnumerateFiles(Sandbox["youtube"]), Is.Empty);
    }
}
