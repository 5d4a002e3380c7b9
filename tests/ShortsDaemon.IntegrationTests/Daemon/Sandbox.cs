using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>One daemon's surroundings: folders, configuration, database. Takes all of it away at the end.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    // Which encoders work here is found out once for all tests.
    private static readonly string Trials = Path.Combine(Path.GetTempPath(), $"encoders-{Guid.NewGuid():N}.json");

    // Production's ffmpeg and arguments but for preset and quality: most of a test would be spent on them.
    private static readonly Lazy<string> QuickFFmpeg = new(MakeQuickFFmpeg);

    private readonly List<DaemonProcess> _started = [];

    public Sandbox(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("shorts-").FullName;
        foreach (var folder in (string[])[Data, Inbox, Outbox])
            Directory.CreateDirectory(folder);
        if (File.Exists(Trials))
            File.Copy(Trials, Path.Combine(Data, "encoders.json"), overwrite: true);
        Channel = AddChannel("inbox", Inbox, Outbox);
        UseTools();
    }

    public string Root { get; }
    public string Data => Path.Combine(Root, "data");
    public string Inbox => Path.Combine(Root, "inbox");
    public string Outbox => Path.Combine(Root, "outbox");
    public string Work => Path.Combine(Data, "work");
    public string ConfigFile => Path.Combine(Root, "config.json");

    public JsonObject Config { get; } =
        new()
        {
            ["Daemon"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" },
            // Items are counted: none may come by itself.
            ["Health"] = new JsonObject { ["DiskMinimumMiB"] = 1, ["CanarySchedule"] = "" },
            ["Retry"] = new JsonObject
            {
                ["FirstDelaySeconds"] = 0.5,
                ["MaxDelaySeconds"] = 1,
                ["MaxAttempts"] = 50,
            },
            ["Channels"] = new JsonObject(),
        };

    /// <summary>The channel 'inbox'.</summary>
    public JsonObject Channel { get; }

    public string[] Arguments => ["--data", Data, "--config", ConfigFile];

    public JsonObject AddChannel(string name, string inbox, string outbox)
    {
        var channel = new JsonObject
        {
            // File events and settling files have to be enough.
            ["Schedule"] = new JsonArray("0 0 0 1 1 ?"),
            ["Sources"] = new JsonArray(
                new JsonObject
                {
                    ["Type"] = "Folder",
                    ["Path"] = inbox,
                    ["SettleSeconds"] = 0.3,
                }
            ),
            ["Render"] = new JsonObject { ["Layout"] = "CentreCrop" },
            ["Destinations"] = new JsonArray(new JsonObject { ["Type"] = "Folder", ["Path"] = outbox }),
        };
        Config["Channels"]![name] = channel;
        return channel;
    }

    /// <summary>Writes the configuration as an editor does: beside, then renamed.</summary>
    public void Save()
    {
        File.WriteAllText(ConfigFile + "~", Config.ToJsonString());
        File.Move(ConfigFile + "~", ConfigFile, overwrite: true);
    }

    public DaemonProcess Start(params IEnumerable<string> command)
    {
        var daemon = new DaemonProcess([.. command, .. Arguments]);
        _started.Add(daemon);
        return daemon;
    }

    public DaemonProcess Start(IReadOnlyDictionary<string, string> environment)
    {
        var daemon = new DaemonProcess(environment, Arguments);
        _started.Add(daemon);
        return daemon;
    }

    public async Task<DaemonProcess> StartedAsync()
    {
        var daemon = Start();
        await daemon.SaysAsync("ShortsDaemon works in");
        return daemon;
    }

    public async Task<string> DropAsync(string name, int number)
    {
        var path = Path.Combine(Inbox, name);
        await LayAsync(path, await Recordings.GoodAsync(number));
        return path;
    }

    /// <summary>A program of the test's own.</summary>
    public string Script(string name, string body) => WriteScript(Path.Combine(Root, name), body);

    private static string MakeQuickFFmpeg()
    {
        var folder = Directory.CreateTempSubdirectory("quick-ffmpeg-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return WriteScript(
            Path.Combine(folder.FullName, "ffmpeg"),
            $"""
            before=
            for a do
              shift
              case $before in -preset) a=ultrafast ;; -crf) a=40 ;; -bf) a=0 ;; esac
              before=$a
              set -- "$@" "$a"
            done
            exec {ToolPath.Require("ffmpeg")} "$@"
            """
        );
    }

    private static string WriteScript(string path, string body)
    {
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Sets the tools.</summary>
    /// <param name="ffmpeg">Null: the real one with a quick preset.</param>
    /// <param name="ffprobe">The other tool.</param>
    public void UseTools(string? ffmpeg = null, string ffprobe = "ffprobe")
    {
        Config["Tools"] = new JsonObject { ["FFmpeg"] = ffmpeg ?? QuickFFmpeg.Value, ["FFprobe"] = ffprobe };
        Save();
    }

    /// <summary>Waits until the only item stands in this state, waiting for something.</summary>
    public Task WaitsAsync(ItemState state, string reason, double seconds = 60) =>
        Poll.UntilAsync(
            () =>
                Items() is [var item]
                && item.State == state
                && (item.Reason ?? "").Contains(reason, StringComparison.OrdinalIgnoreCase),
            $"an item that stands at {state} with '{reason}'",
            seconds,
            Story
        );

    /// <summary>Waits until ffmpeg encodes.</summary>
    public Task EncodesAsync(double seconds = 30) =>
        Poll.UntilAsync(() => Tools().Any(IsEncoding), "an encode", seconds, Story);

    public int Encodes() => Tools().Count(IsEncoding);

    private static bool IsEncoding(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Contains("-progress", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Lays a whole file down at once, as a move does.</summary>
    public static async Task LayAsync(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(beside, content);
        File.Move(beside, path, overwrite: true);
    }

    public string[] Shorts() => Shorts(Outbox);

    public static string[] Shorts(string folder) =>
        Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.mp4").Where(f => !Path.GetFileName(f).StartsWith('.'))]
            : [];

    public string DatabaseFile => Path.Combine(Data, "shorts.db");

    public ShortsDb OpenDatabase(bool toWrite = false)
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseSqlite($"Data Source={DatabaseFile};Mode={(toWrite ? "ReadWrite" : "ReadOnly")};Pooling=False");
        return new ShortsDb(options.Options);
    }

    public List<Item> Items()
    {
        if (!File.Exists(DatabaseFile))
            return [];
        try
        {
            using var db = OpenDatabase();
            return [.. db.Items.AsNoTracking().OrderBy(i => i.Id)];
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return []; // not made yet, or locked for the moment
        }
    }

    /// <summary>Waits until so many items have reached an end, and nothing else is under way.</summary>
    public async Task<List<Item>> EndedAsync(int count, double seconds = 60)
    {
        List<Item> items = [];
        await Poll.UntilAsync(
            () => (items = Items()).Count(i => i.State.IsEnd) >= count && items.All(i => i.State.IsEnd),
            $"{count} ended items",
            seconds,
            Story
        );
        if (!File.Exists(Trials) && File.Exists(Path.Combine(Data, "encoders.json")))
            KeepTrials();
        Assert.That(items, Has.Count.EqualTo(count), Story());
        return items;
    }

    // Whole or not at all: others copy it at any time.
    private void KeepTrials()
    {
        var copy = Path.Combine(Root, "trials.json");
        File.Copy(Path.Combine(Data, "encoders.json"), copy, overwrite: true);
        File.Move(copy, Trials, overwrite: true);
    }

    public string Story() =>
        string.Join('\n', Items().Select(i => $"{i.Id} {i.State} '{i.Title}': {i.Reason ?? i.Trouble}"))
        + "\n"
        + string.Join('\n', _started.TakeLast(2).Select(d => d.ToString()));

    /// <summary>Programs that carry this data directory's mark.</summary>
    public IReadOnlyList<int> Tools() => MarkedProcesses.Find(ProcessRunner.OwnerVariable, Data);

    public Task NoToolsAsync(double seconds = 5) =>
        Poll.UntilAsync(() => Tools().Count == 0, "all tools to end", seconds, Story);

    /// <summary>Nothing half done lies around.</summary>
    public void AssertTidy()
    {
        Assert.Multiple(() =>
        {
            // An item's end is committed first and cleaned up then.
            Assert.That(
                () => Directory.Exists(Work) ? Directory.GetFileSystemEntries(Work) : [],
                Is.Empty.After(5000, 50),
                "work"
            );
            Assert.That(
                Directory.GetFiles(Outbox, "*", new EnumerationOptions { AttributesToSkip = 0 }),
                Has.None.Contains(".part"),
                "outbox"
            );
            Assert.That(Tools(), Is.Empty, "tools");
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in _started)
            await daemon.DisposeAsync();
        foreach (var tool in Tools())
            Signals.Send(tool, Signals.Kill);
        if (Directory.Exists(Root))
            await Recordings.ToolAsync("rm", "-rf", Root); // also names that .NET cannot spell
    }
}
