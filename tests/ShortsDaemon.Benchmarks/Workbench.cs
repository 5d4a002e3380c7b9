using System.Diagnostics;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Benchmarks;

/// <summary>A temporary folder, test media, and a stop-watch that runs two things in turn.</summary>
internal sealed class Workbench : IDisposable
{
    private static readonly int Pairs = int.Parse(
        Environment.GetEnvironmentVariable("SHORTSDAEMON_PAIRS") ?? "5",
        System.Globalization.CultureInfo.InvariantCulture
    );

    public string Root { get; } = Directory.CreateTempSubdirectory("shorts-bench-").FullName;

    public ProcessRunner Processes { get; }

    public Workbench() => Processes = new ProcessRunner(TimeProvider.System, Root);

    public string Path(string name) => System.IO.Path.Combine(Root, name);

    public Task FFmpegAsync(params string[] arguments) =>
        Processes.RequireAsync(
            new ProcessCommand("ffmpeg", ["-hide_banner", "-loglevel", "error", "-nostdin", "-y", .. arguments])
            {
                LowPriority = true, // as the daemon's
            },
            OutputHandlers.None,
            CancellationToken.None
        );

    /// <summary>The recording named by SHORTSDAEMON_FOOTAGE, or else game-like footage, in the wanted length.</summary>
    public async Task<string> FootageAsync(string name, int seconds, string size, int rate)
    {
        var path = Path(name);
        // Encoded anew, since a copy would end in the middle of a group of pictures, as no clip does. The name is written into
        // it, so that no two have the same content.
        string[] marked =
        [
            .. (string[])["-t", $"{seconds}", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"],
            .. (string[])["-maxrate", "6M", "-bufsize", "12M", "-c:a", "copy", "-metadata", $"comment={name}"],
        ];
        var recording = Environment.GetEnvironmentVariable("SHORTSDAEMON_FOOTAGE") ?? await DrawAsync(name, size, rate);
        await FFmpegAsync(["-stream_loop", "-1", "-i", recording, .. marked, path]);
        return path;
    }

    // Detail that moves everywhere, hard edges, and music-like sound.
    private async Task<string> DrawAsync(string name, string size, int rate)
    {
        // The fractal is slow to draw: small, stretched, and five seconds of it repeated.
        const int Drawn = 5;
        var drawn = Path("drawn-" + name);
        var picture =
            $"mandelbrot=size=480x270:rate={rate}:start_scale=0.4:end_scale=0.05:end_pts=600,scale={size.Replace('x', ':')},setsar=1[a];"
            + $"testsrc2=size={size}:rate={rate}[b];[a][b]blend=all_mode=average,noise=alls=6:allf=t[v]";
        const string Sound = "aevalsrc=0.3*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*2*t))+0.05*random(0):s=48000:c=stereo[s]";
        string[] encode =
        [
            .. (string[])["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"],
            // No stream arrives with more.
            .. (string[])["-maxrate", "6M", "-bufsize", "12M", "-c:a", "aac"],
        ];
        string[] graph = ["-filter_complex", $"{picture};{Sound}", "-map", "[v]", "-map", "[s]", "-t", $"{Drawn}"];
        await FFmpegAsync([.. graph, .. encode, drawn]);
        return drawn;
    }

    /// <summary>Wall time in s.</summary>
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Runs both in turn and prints the ratios. SHORTSDAEMON_PAIRS sets how often; default 5.</summary>
    public static async Task CompareAsync(string title, Func<Task> ours, Func<Task> bare, double allowed)
    {
        var pairs = new List<(double Ours, double Bare)>();
        for (var i = 0; i < Pairs; i++)
            pairs.Add(await InTurn.RunAsync(ours, bare));
        var ratios = pairs.Select(p => p.Ours / p.Bare).Order().ToList();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{title}: ratio {ratios[0]:0.00} / {ratios[Pairs / 2]:0.00} / {ratios[^1]:0.00} (min / median / max of {Pairs} pairs; ours {pairs.Average(p => p.Ours):0.0} s, bare {pairs.Average(p => p.Bare):0.0} s; wanted ≤ {allowed:0.00})"
            )
        );
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
