using System.Diagnostics;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Benchmarks;

/// <summary>Resident memory of one daemon while a thousand items walk through it. The media tools are scripts: only the daemon counts.</summary>
internal static class ThousandItems
{
    private const int Items = 1000;
    private const int Step = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(Workbench bench)
    {
        using var tools = new FakeMediaTools();
        var data = bench.Path("thousand");
        var inbox = Directory.CreateDirectory(Path.Combine(data, "inbox")).FullName;
        for (var i = 0; i < Items; i++)
            await File.WriteAllTextAsync(Path.Combine(inbox, $"clip{i}.mp4"), $"clip {i}\n");
        using var daemon = Starting.Launch(
            data,
            $"http://127.0.0.1:{Starting.FreePort()}",
            $"Tools:FFmpeg={tools.FFmpeg}",
            $"Tools:FFprobe={tools.FFprobe}",
            $"Channels:inbox:Selection:MaxPerRun={Items}"
        );
        try
        {
            for (var made = Step; made <= Items; made += Step)
                Console.WriteLine(
                    FormattableString.Invariant(
                        $"After {made} items: {await ResidentAfterAsync(daemon, Path.Combine(data, "outbox"), made):0} MiB resident"
                    )
                );
        }
        finally
        {
            await Starting.StopAsync(daemon);
        }
    }

    private static async Task<double> ResidentAfterAsync(Process daemon, string outbox, int made)
    {
        var watch = Stopwatch.StartNew();
        while (!Directory.Exists(outbox) || Directory.GetFiles(outbox, "*.mp4").Length < made)
        {
            if (watch.Elapsed > Limit)
                throw new TimeoutException($"only part of {made} Shorts came out");
            await Task.Delay(100);
        }
        daemon.Refresh();
        return daemon.WorkingSet64 / Starting.MiB;
    }
}
