using System.Net;
using System.Net.Http.Headers;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Web.Shorts;

/// <summary>Which files a browser gets, and which it never does.</summary>
public sealed class MediaTests
{
    private Room _room = null!;
    private Item _item = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _room = await Room.OpenAsync();
        _room.Configure();
        _item = await _room.AddAsync("a clip", ItemState.Published);
    }

    [TearDown]
    public async Task CloseAsync() => await _room.DisposeAsync();

    [Test]
    public async Task A_part_of_the_Short_under_way()
    {
        Write(_room.Data().Of(_item.Id).Video, "0123456789");
        using var request = new HttpRequestMessage(HttpMethod.Get, Address("short"));
        request.Headers.Range = new RangeHeaderValue(2, 5);

        var answer = await _room.Browser.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("2345"));
        Assert.That(answer.Content.Headers.ContentRange!.ToString(), Is.EqualTo("bytes 2-5/10"));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("video/mp4"));
        Assert.That(answer.Headers.AcceptRanges, Is.EqualTo((string[])["bytes"]));
    }

    [Test]
    public async Task The_published_Short_its_thumbnail_and_the_original()
    {
        var original = Write(Path.Combine(_room.Inbox(), "a.mkv"), "original");
        await TakeAsync(original);
        var place = Write(Path.Combine(_room.Outbox(), "a clip.mp4"), "published");
        Write(Path.ChangeExtension(place, ".jpg"), "its picture");
        await _room.PublishAsync(_item, place);

        var page = await _room.Browser.GetStringAsync($"/shorts/{_item.Id}");

        Assert.That(page, Does.Contain($"src=\"{Address("short")}\"").And.Contain($"src=\"{Address("source")}\""));
        Assert.That(await TextAsync("short"), Is.EqualTo(("video/mp4", "published")));
        Assert.That(await TextAsync("source"), Is.EqualTo(("video/x-matroska", "original")));
        Assert.That(await TextAsync("thumbnail"), Is.EqualTo(("image/jpeg", "its picture")));
    }

    [Test]
    public async Task A_recording_that_came_later_under_the_same_name_is_another()
    {
        var original = Write(Path.Combine(_room.Inbox(), "a.mkv"), "original");
        await TakeAsync(original);
        Write(original, "another recording");

        await AssertRefusedAsync("source");
    }

    [Test]
    public async Task A_kept_thumbnail_is_sent_once()
    {
        Write(_room.Data().PreviewOf(_item.Id), "picture");
        var first = await _room.Browser.GetAsync(Address("thumbnail"));
        using var again = new HttpRequestMessage(HttpMethod.Get, Address("thumbnail"));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.That((await _room.Browser.SendAsync(again)).StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(first.Headers.CacheControl!.ToString(), Is.EqualTo("no-cache, private"));
    }

    [Test]
    public async Task A_path_outside_the_known_folders_opens_nothing()
    {
        var secret = Write(Path.Combine(_room.Elsewhere(), "secret.mp4"), "secret");
        Write(Path.ChangeExtension(secret, ".jpg"), "secret");
        await _room.PublishAsync(_item, secret);
        await _room.PublishAsync(_item, Path.Combine(_room.Outbox(), "../elsewhere/secret.mp4"));
        await TakeAsync(secret);

        foreach (var part in (string[])["short", "source", "thumbnail"])
            await AssertRefusedAsync(part);
        Assert.That(await _room.Browser.GetStringAsync($"/shorts/{_item.Id}"), Does.Not.Contain("<video"));
    }

    [Test]
    public async Task A_link_leads_nowhere_else()
    {
        var secret = Write(Path.Combine(_room.Elsewhere(), "secret.mp4"), "secret");
        var link = Path.Combine(_room.Outbox(), "link.mp4");
        File.CreateSymbolicLink(link, secret);
        var folder = Path.Combine(_room.Outbox(), "folder");
        Directory.CreateSymbolicLink(folder, _room.Elsewhere());
        // What it leads to looks as if it lay in the folder, and does not.
        var twice = Path.Combine(_room.Outbox(), "twice.mp4");
        File.CreateSymbolicLink(twice, Path.Combine(folder, "secret.mp4"));
        var ring = Path.Combine(_room.Outbox(), "a ring of links.mp4");
        File.CreateSymbolicLink(ring, ring);

        foreach (var place in (string[])[link, Path.Combine(folder, "secret.mp4"), twice, ring])
        {
            await _room.PublishAsync(_item, place);
            await AssertRefusedAsync("short");
        }
    }

    [Test]
    public async Task Whatever_else_lies_in_a_folder_of_a_channel_is_not_shown_as_a_Short()
    {
        await _room.PublishAsync(_item, Write(Path.Combine(_room.Outbox(), "page.html"), "<script>alert(1)</script>"));
        await AssertRefusedAsync("short");
    }

    [Test]
    public async Task With_an_account_nobody_else_gets_them()
    {
        Write(_room.Data().Of(_item.Id).Video, "0123456789");
        await _room.AddAccountAsync();

        var answer = await _room.Browser.GetAsync(Address("short"));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
    }

    private string Address(string part) => $"/shorts/{_item.Id}/{part}";

    private async Task<(string? Type, string Text)> TextAsync(string part)
    {
        var answer = await _room.Browser.GetAsync(Address(part));
        return (answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    private async Task AssertRefusedAsync(string part)
    {
        var answer = await _room.Browser.GetAsync(Address(part));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), part);
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("secret"));
    }

    /// <summary>The item is the recording that lies there now.</summary>
    private Task TakeAsync(string path)
    {
        var file = new FileInfo(path);
        _item.Location = path;
        _item.ExternalId = $"{file.Name}@{file.LastWriteTimeUtc.Ticks}-{file.Length}";
        return _room.SaveAsync(_item);
    }

    private static string Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
