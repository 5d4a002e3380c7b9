using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Sources.TwitchClips;

/// <summary>A clip, its work folder, and the two ways to bring it, each played by a double.</summary>
internal sealed class DownloadWorld : IDisposable
{
    private readonly FlowWorld _world = new();
    private readonly TestFolder _folder = new();
    private readonly ProviderClients _clients;

    public DownloadWorld()
    {
        _clients = new ProviderClients(_world.Get<Breakers>(), TimeProvider.System);
        Play("hang");
    }

    public static TwitchClipsSourceOptions WithAccount { get; } = new() { Login = "somebody", Account = "main" };
    public static TwitchClipsSourceOptions WithoutAccount { get; } = new() { Login = "somebody" };

    public double MaxClipMiB { get; set; } = 500;
    public double DownloadSeconds { get; set; } = 30;
    public DownloadPace Pace { get; set; } = DownloadPace.Default;
    public Item Clip { get; } = Item();
    public string Path => _folder["part-source"];
    public string Scratch => WorkFolder.Scratch(Path);
    public string OwnerTag => _folder.Root;
    public string YtDlpPath { get; set; } = "";

    /// <summary>Answers of the official download, in order; the last one stays.</summary>
    public Queue<Func<Uri?>> Addresses { get; } = new([() => null]);
    public int Asked { get; private set; }

    public FlowWorld Flow => _world;

    /// <summary>A yt-dlp of this role, see FakeTool.</summary>
    public void Play(string role) => Script($"exec '{Processes.FakeTool.Path}' yt-dlp {role} \"$@\"");

    public void Script(string body)
    {
        YtDlpPath = _folder.Write("yt-dlp", $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(YtDlpPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public async Task<string> FetchAsync(TwitchClipsSourceOptions? source, CancellationToken cancel = default)
    {
        var options = new LiveOptions(
            new ShortsOptions
            {
                Tools = new() { YtDlp = YtDlpPath },
                Twitch = new() { MaxClipMiB = MaxClipMiB, DownloadSeconds = DownloadSeconds },
            }
        );
        var processes = new ProcessRunner(TimeProvider.System, OwnerTag);
        var official = new OfficialDownload(_clients, options, TimeProvider.System)
        {
            Pace = Pace,
            PauseAfterCut = TimeSpan.FromMilliseconds(1),
        };
        var ytDlp = new YtDlp(processes, _world.Get<Breakers>(), _world.Get<Alerts>(), options) { Pace = Pace };
        var download = new ClipDownload(FindAsync, official, ytDlp, options, NullLogger<ClipDownload>.Instance);
        await download.FetchAsync(Clip, source, Path, cancel);
        return await File.ReadAllTextAsync(Path, cancel);
    }

    public async Task<IReadOnlyList<Alert>> AlertsAsync()
    {
        await using var db = _world.Open();
        return await db.Alerts.AsNoTracking().ToListAsync();
    }

    public void Dispose()
    {
        foreach (var id in MarkedProcesses.Find(ProcessRunner.OwnerVariable, OwnerTag))
            Signals.Send(id, Signals.Kill);
        _clients.Dispose();
        _world.Dispose();
        _folder.Dispose();
    }

    private Task<Uri?> FindAsync(string clip, string broadcaster, string account, CancellationToken cancel)
    {
        Asked++;
        if ((clip, broadcaster, account) != ("BraveOtter-_", "1001", "main"))
            throw new InvalidOperationException($"asked for {clip} of {broadcaster} as {account}");
        return Task.FromResult((Addresses.Count > 1 ? Addresses.Dequeue() : Addresses.Peek())());
    }

    private static Item Item() =>
        new()
        {
            Channel = "main",
            Source = "TwitchClips:1001",
            ExternalId = "BraveOtter-_",
            Title = "what a save",
            Location = "https://clips.twitch.tv/BraveOtter-_",
            Origin = new ClipOrigin
            {
                BroadcasterId = "1001",
                Broadcaster = "Some_One",
                Url = "https://clips.twitch.tv/BraveOtter-_",
            },
        };
}
