using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ShortsDaemon.IntegrationTests.Media;
using ShortsDaemon.IntegrationTests.Web.Shorts;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.IntegrationTests.Web.Channels;

/// <summary>What a program does that uploads recordings (tus 1.0).</summary>
internal static class RoomUploads
{
    public const string Address = "/api/v1/uploads";

    /// <summary>The channel main takes recordings of 1 MiB at most; the channel bare has no folder to take them.</summary>
    public static void TakeUploads(this Room room)
    {
        var was = room.Live.Value;
        var outbox = new FolderDestinationOptions { Type = "Folder", Path = room.Outbox() };
        room.Live.Accept(
            new ShortsOptions
            {
                Daemon = was.Daemon,
                Storage = was.Storage,
                Web = new WebOptions { MaxUploadMiB = 1 },
                Channels =
                {
                    ["main"] = new ChannelOptions
                    {
                        Sources = [new FolderSourceOptions { Type = "Folder", Path = room.Inbox() }],
                        Destinations = [outbox],
                    },
                    ["bare"] = new ChannelOptions { Destinations = [outbox] },
                },
            }
        );
    }

    /// <returns>A small recording.</returns>
    public static async Task<byte[]> RecordingAsync()
    {
        var folder = Directory.CreateTempSubdirectory("upload-");
        try
        {
            var file = Path.Combine(folder.FullName, "recording.mp4");
            await Recording.FFmpegAsync([.. Recording.Of("testsrc2=s=160x90:r=10", null, 1).Split(' '), file]);
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task<HttpResponseMessage> AnnounceAsync(
        this Room room,
        long length,
        string name = "a.mp4",
        string channel = "main"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Base64(name)},channel {Base64(channel)}");
        return await room.Browser.SendAsync(request);
    }

    /// <returns>Where the upload goes on.</returns>
    public static async Task<string> BeginAsync(this Room room, long length, string name = "a.mp4")
    {
        using var answer = await room.AnnounceAsync(length, name);
        return answer.EnsureSuccessStatusCode().Headers.Location!.OriginalString;
    }

    public static async Task<HttpResponseMessage> PatchAsync(
        this Room room,
        string place,
        long offset,
        ReadOnlyMemory<byte> bytes,
        bool isChunked = false
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, place);
        request.Headers.Add("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        request.Headers.TransferEncodingChunked = isChunked;
        request.Content = new StreamContent(new MemoryStream(bytes.ToArray()));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return await room.Browser.SendAsync(request);
    }

    public static async Task<long> OffsetAsync(this Room room, string place)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, place);
        using var answer = await room.Browser.SendAsync(request);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    public static async Task OffsetIsAsync(this Room room, string place, long offset)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (await room.OffsetAsync(place) != offset)
            await Task.Delay(20, limit.Token);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
