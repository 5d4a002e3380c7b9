using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Host;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Sources;

/// <summary>The real yt-dlp, of whatever version this machine has, against a file server on the loopback interface.</summary>
internal sealed class RealYtDlpTests
{
    private const int Size = 3_000_000;

    private readonly byte[] _file = new byte[Size];
    private readonly List<string> _ranges = [];
    private DirectoryInfo _folder = null!;
    private ServiceProvider _services = null!;
    private WebApplication _server = null!;
    private TaskCompletionSource _half = null!;
    private bool _stalls;

    [SetUp]
    public async Task StartAsync()
    {
        if (ToolPath.Find("yt-dlp") is null)
            Assert.Ignore("yt-dlp is not installed on this machine");
        new Random(1).NextBytes(_file);
        _stalls = false;
        _half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _folder = Directory.CreateTempSubdirectory("yt-dlp-");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPipeline(
            new LiveOptions(
                new ShortsOptions
                {
                    Daemon = new() { DataDirectory = _folder.FullName },
                    Storage = new() { ConnectionString = $"Data Source={_folder.FullName}/shorts.db" },
                    Twitch = new() { DownloadSeconds = 60 },
                }
            )
        );
        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<DatabaseStart>().PrepareAsync(CancellationToken.None);
        _server = await ServeAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_folder is null)
            return;
        await _server.DisposeAsync();
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_clip_arrives_byte_for_byte()
    {
        Assert.That(await FetchAsync("clip.mp4"), Is.EqualTo(_file));
    }

    [Test]
    public async Task After_a_stop_it_goes_on_where_it_was()
    {
        _stalls = true;
        using var stop = new CancellationTokenSource();
        var first = FetchAsync("clip.mp4", stop.Token);
        await _half.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        var part = Path.Combine(_folder.FullName, "fetch", "clip.mp4.part");
        await Poll.UntilAsync(() => new FileInfo(part) is { Exists: true, Length: > 0 }, "the first bytes", 20);
        await stop.CancelAsync();
        Assert.CatchAsync<OperationCanceledException>(() => first);
        _stalls = false;
        Assert.That(await FetchAsync("clip.mp4"), Is.EqualTo(_file));
        Assert.That(_ranges.Last(), Does.Match("bytes=[1-9][0-9]*-"));
    }

    [Test]
    public void A_clip_that_is_gone_is_told_so() =>
        Assert.ThrowsAsync<FileNotFoundException>(() => FetchAsync("gone.mp4"));

    [Test]
    public void A_platform_that_is_down_lets_it_wait() =>
        Assert.ThrowsAsync<ProviderDownException>(() => FetchAsync("down.mp4"));

    [Test]
    public void Five_gigabytes_are_refused() => Assert.ThrowsAsync<RefusedMediaException>(() => FetchAsync("huge.mp4"));

    private async Task<byte[]> FetchAsync(string name, CancellationToken cancel = default)
    {
        var page = $"{_server.Urls.Single()}/{name}";
        var clip = new Item
        {
            Channel = "main",
            Source = "TwitchClips:1",
            ExternalId = "clip",
            Title = "clip",
            Location = page,
        };
        var path = Path.Combine(_folder.FullName, "part-source");
        await _services.GetRequiredService<ClipDownload>().FetchAsync(clip, source: null, path, cancel);
        return await File.ReadAllBytesAsync(path, cancel);
    }

    private async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(AnswerAsync);
        await server.StartAsync();
        return server;
    }

    private Task AnswerAsync(HttpContext http) =>
        http.Request.Path.Value switch
        {
            "/clip.mp4" when _stalls => StallAsync(http),
            "/clip.mp4" => SendAsync(http),
            "/huge.mp4" => HugeAsync(http),
            "/down.mp4" => SayAsync(http, StatusCodes.Status503ServiceUnavailable),
            _ => SayAsync(http, StatusCodes.Status404NotFound),
        };

    private Task SendAsync(HttpContext http)
    {
        lock (_ranges)
            _ranges.Add(http.Request.Headers.Range.ToString());
        return Results.Bytes(_file, "video/mp4", enableRangeProcessing: true).ExecuteAsync(http);
    }

    /// <summary>Half of the file, and then nothing more.</summary>
    private async Task StallAsync(HttpContext http)
    {
        (http.Response.ContentType, http.Response.ContentLength) = ("video/mp4", Size);
        http.Response.Headers.AcceptRanges = "bytes";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await http.Response.Body.WriteAsync(_file.AsMemory(0, Size / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        _half.TrySetResult();
        await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HugeAsync(HttpContext http)
    {
        (http.Response.ContentType, http.Response.ContentLength) = ("video/mp4", 5_368_709_120);
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        while (!http.RequestAborted.IsCancellationRequested)
            await http.Response.Body.WriteAsync(_file, http.RequestAborted);
    }

    private static Task SayAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
