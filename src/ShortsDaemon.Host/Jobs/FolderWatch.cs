using System.Threading.Channels;
using Quartz;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.Folder;

namespace ShortsDaemon.Host.Jobs;

/// <summary>Lets a channel look at once when something happens in its folders. Its schedule looks anyway, so a lost event only costs time.</summary>
internal sealed class FolderWatch(ChannelLooks looks, ILogger<FolderWatch> log) : IDisposable
{
    private static readonly TimeSpan Arrived = TimeSpan.FromMilliseconds(200);

    // A recorder writes all the time; what it writes is looked at again anyway until it is whole.
    private static readonly TimeSpan Grew = TimeSpan.FromSeconds(5);

    private readonly Channel<Stir> _stirred = Channel.CreateBounded<Stir>(
        new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest }
    );
    private List<FileSystemWatcher> _watchers = [];

    /// <summary>Watches the folders of these channels instead of those before, and looks into each once.</summary>
    public void Watch(ShortsOptions options)
    {
        Dispose();
        _watchers = [];
        foreach (var (channel, settings) in options.Channels.Where(c => c.Value.Enabled))
        {
            foreach (var folder in settings.Sources.OfType<FolderSourceOptions>())
                TryWatch(channel, folder);
        }
    }

    /// <summary>Passes what happens on to the channels until stopped.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await foreach (var (channel, wait) in _stirred.Reader.ReadAllAsync(cancel))
        {
            try
            {
                await looks.LookAsync(channel, wait, cancel);
            }
            catch (SchedulerException e)
            {
                log.LogWarning("Channel {Channel} will look at its next time only: {Reason}", channel, e.Message);
            }
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
    }

    private void TryWatch(string channel, FolderSourceOptions folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            _watchers.Add(Start(channel, folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            log.LogWarning(
                "'{Folder}' cannot be watched, only its schedule will look into it: {Reason}",
                folder.Path,
                e.Message
            );
        }
        _stirred.Writer.TryWrite(new Stir(channel, Arrived));
    }

    private FileSystemWatcher Start(string channel, FolderSourceOptions folder)
    {
        var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = folder.Subfolders };
        watcher.Created += (_, _) => _stirred.Writer.TryWrite(new Stir(channel, Arrived));
        watcher.Renamed += (_, _) => _stirred.Writer.TryWrite(new Stir(channel, Arrived));
        watcher.Changed += (_, _) => _stirred.Writer.TryWrite(new Stir(channel, Grew));
        watcher.Error += (_, error) =>
            log.LogWarning(
                "Watching '{Folder}' broke, its schedule goes on: {Reason}",
                folder.Path,
                error.GetException().Message
            );
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private sealed record Stir(string Channel, TimeSpan Wait);
}
