using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host.Web.Uploads;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Retention;

namespace ShortsDaemon.IntegrationTests.Web.Channels;

/// <summary>Recordings that are uploaded: all comes whole into the inbox, or does not come at all.</summary>
public sealed class UploadTests
{
    private Room _room = null!;
    private byte[] _recording = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        _room.TakeUploads();
        _recording = await RoomUploads.RecordingAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [TearDown]
    public void Empty()
    {
        foreach (var folder in (string[])[_room.Inbox(), _room.Data().Uploads])
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
    }

    private string[] Inbox => [.. Directory.GetFileSystemEntries(_room.Inbox()).Select(f => Path.GetFileName(f)!)];

    private int Half => _recording.Length / 2;

    [Test]
    public async Task Piece_by_piece_it_comes_into_the_inbox_once()
    {
        var place = await _room.BeginAsync(_recording.Length);
        using var first = await _room.PatchAsync(place, 0, _recording.AsMemory(0, Half));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(Inbox, Is.Empty);
        await (await _room.PatchAsync(place, 0, _recording.AsMemory(0, 5))).ProblemAsync(HttpStatusCode.Conflict);

        using var last = await _room.PatchAsync(place, Half, _recording.AsMemory(Half));
        using var again = await _room.PatchAsync(place, _recording.Length, default);

        Assert.That(
            (last.StatusCode, again.StatusCode),
            Is.EqualTo((HttpStatusCode.NoContent, HttpStatusCode.NoContent))
        );
        Assert.That(Inbox, Is.EqualTo(new[] { "a.mp4" }));
        Assert.That(File.ReadAllBytes(Path.Combine(_room.Inbox(), "a.mp4")), Is.EqualTo(_recording));
        Assert.That((bool)(await _room.Browser.GetFromJsonAsync<JsonObject>(place))!["isDelivered"]!, Is.True);
        await _room.LogHasAsync("this machine uploaded 'a.mp4'");
        var other = await _room.BeginAsync(_recording.Length);
        await _room.PatchAsync(other, 0, _recording);
        Assert.That(Inbox.Order(), Is.EqualTo(new[] { "a (2).mp4", "a.mp4" }), "nothing is overwritten");
    }

    [Test]
    public async Task A_cut_keeps_what_has_come_and_only_one_may_send()
    {
        var place = await _room.BeginAsync(_recording.Length);
        using (var line = await SendPartAsync(place))
        {
            await _room.OffsetIsAsync(place, Half);
            await (await _room.PatchAsync(place, Half, _recording.AsMemory(Half))).ProblemAsync(HttpStatusCode.Locked);
            await (await _room.Browser.DeleteAsync(place)).ProblemAsync(HttpStatusCode.Locked);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        HttpResponseMessage rest;
        while (
            (rest = await _room.PatchAsync(place, Half, _recording.AsMemory(Half))).StatusCode == HttpStatusCode.Locked
        )
            await Task.Delay(20, limit.Token);

        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(File.ReadAllBytes(Path.Combine(_room.Inbox(), "a.mp4")), Is.EqualTo(_recording));
    }

    [Test]
    public async Task What_does_not_fit_is_refused_and_nothing_of_it_kept()
    {
        var place = await _room.BeginAsync(10);
        await (await _room.PatchAsync(place, 3, new byte[2])).ProblemAsync(HttpStatusCode.Conflict);
        await (await _room.PatchAsync(place, 0, new byte[20])).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await (await _room.PatchAsync(place, 0, new byte[20_000], isChunked: true)).ProblemAsync(
            HttpStatusCode.RequestEntityTooLarge
        );
        await _room.OffsetIsAsync(place, 0);
        using var text = new HttpRequestMessage(HttpMethod.Patch, place) { Content = new StringContent("a") };
        await (await _room.Browser.SendAsync(text)).ProblemAsync(HttpStatusCode.UnsupportedMediaType);

        await (await _room.AnnounceAsync(2 << 20)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await (await _room.AnnounceAsync(0)).ProblemAsync(HttpStatusCode.BadRequest);
        await (await _room.AnnounceAsync(10, channel: "none")).ProblemAsync(HttpStatusCode.NotFound);
        var bare = await (await _room.AnnounceAsync(10, channel: "bare")).ProblemAsync(HttpStatusCode.Conflict);
        Assert.That((string?)bare["detail"], Does.Contain("no source of type Folder"));
        await (await _room.AnnounceAsync(10, "a.exe")).ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        foreach (var id in (string[])["none", "..%2f..%2fshorts.db", new string('0', 32)])
            await (await _room.PatchAsync($"{RoomUploads.Address}/{id}", 0, new byte[1])).ProblemAsync(
                HttpStatusCode.NotFound
            );

        await _room.BeginAsync(10);
        await _room.BeginAsync(10);
        await (await _room.AnnounceAsync(10)).ProblemAsync(HttpStatusCode.TooManyRequests);
        Assert.That((await _room.Browser.DeleteAsync(place)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        await _room.BeginAsync(10);
    }

    [Test]
    public async Task What_is_no_recording_is_refused_with_the_reason()
    {
        var bytes = Encoding.UTF8.GetBytes("#EXTM3U\nfile:///etc/passwd\n");
        var place = await _room.BeginAsync(bytes.Length, "../../<script>alert(1)</script>.mp4");

        var problem = await (await _room.PatchAsync(place, 0, bytes)).ProblemAsync(HttpStatusCode.UnprocessableEntity);

        Assert.That((string?)problem["detail"], Does.StartWith("It is not taken: "));
        Assert.That(Inbox, Is.Empty);
        Assert.That(Directory.GetFiles(_room.Data().Uploads, "recording*", SearchOption.AllDirectories), Is.Empty);
        var page = await _room.Browser.GetStringAsync("/channels/main");
        Assert.That(page, Does.Contain("Not taken: ").And.Not.Contain("<script>alert"));
        await (await _room.PatchAsync(place, bytes.Length, default)).ProblemAsync(HttpStatusCode.UnprocessableEntity);
    }

    [TestCase("../../etc/passwd.mp4", "passwd.mp4")]
    [TestCase(@"C:\films\a b.MKV", "a b.MKV")]
    [TestCase("<img src=x onerror=alert(1)>.mp4", "_img src=x onerror=alert(1)_.mp4")]
    [TestCase("..hidden.mp4", "hidden.mp4")]
    [TestCase("con.mp4", "_con.mp4")]
    [TestCase("a\u0000\n\u202Eb.mp4", "ab.mp4")]
    public void A_name_becomes_harmless(string given, string expected) =>
        Assert.That(UploadName.Clean(given), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase(".mp4")]
    [TestCase("..")]
    [TestCase("a.mp4/")]
    [TestCase("a.part.mp4")]
    public void A_name_of_no_recording_is_refused(string given) =>
        Assert.That(() => UploadName.Clean(given), Throws.TypeOf<UploadException>());

    [Test]
    public void A_long_name_is_cut_and_keeps_its_ending()
    {
        var name = UploadName.Clean(string.Concat(Enumerable.Repeat("😀ä", 300)) + ".mp4");

        Assert.That(name, Has.Length.LessThanOrEqualTo(120).And.EndsWith(".mp4"));
        Assert.That(Encoding.UTF8.GetByteCount(name), Is.LessThan(255));
        Assert.That(name, Does.Not.Contain('\uFFFD'));
    }

    [Test]
    public async Task An_abandoned_upload_is_removed_after_a_day()
    {
        await _room.BeginAsync(10, "kept.mp4");
        var kept = Directory.GetDirectories(_room.Data().Uploads).Single();
        await _room.BeginAsync(10, "gone.mp4");
        var gone = Directory.GetDirectories(_room.Data().Uploads).Single(folder => folder != kept);
        foreach (var file in Directory.GetFiles(gone))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-25));
        Directory.SetLastWriteTimeUtc(gone, DateTime.UtcNow.AddHours(-25));

        await _room.Services.GetRequiredService<Prune>().RunAsync(default);

        Assert.That((Directory.Exists(gone), Directory.Exists(kept)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Without_a_script_a_form_does_it()
    {
        var page = await _room.Browser.GetStringAsync("/channels/main");
        var token = page.Split("__RequestVerificationToken\"")[1].Split("value=\"")[1].Split('"')[0];

        using var taken = await _room.Browser.PostAsync("/channels/main/uploads", Form(token, _recording, "form.mp4"));
        using var forged = await _room.Browser.PostAsync(
            "/channels/main/uploads",
            Form("made up", _recording, "x.mp4")
        );
        using var large = await _room.Browser.PostAsync(
            "/channels/main/uploads",
            Form(token, new byte[2 << 20], "x.mp4")
        );

        Assert.That(taken.Headers.Location?.OriginalString, Is.EqualTo("/channels/main#upload"));
        Assert.That(forged.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await large.Content.ReadAsStringAsync(), Does.Contain("Web:MaxUploadMiB"));
        Assert.That(Inbox, Is.EqualTo(new[] { "form.mp4" }));
        Assert.That(File.ReadAllBytes(Path.Combine(_room.Inbox(), "form.mp4")), Is.EqualTo(_recording));
    }

    private static MultipartFormDataContent Form(string token, byte[] bytes, string name) =>
        new()
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(bytes), "file", name },
        };

    /// <summary>Announces all the bytes, sends half of them, and keeps the line open.</summary>
    private async Task<TcpClient> SendPartAsync(string place)
    {
        var line = new TcpClient();
        await line.ConnectAsync(_room.Address.Host, _room.Address.Port);
        var head =
            $"PATCH {place} HTTP/1.1\r\nHost: {_room.Address.Authority}\r\nUpload-Offset: 0\r\n"
            + $"Content-Type: application/offset+octet-stream\r\nContent-Length: {_recording.Length}\r\n\r\n";
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await line.GetStream().WriteAsync(_recording.AsMemory(0, Half));
        return line;
    }
}
