using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShortsDaemon.Benchmarks;

/// <summary>/health and /metrics of the daemon under 1,000 requests a second, against an endpoint that does nothing in a process of its own.</summary>
internal static class HealthPolling
{
    public const string EmptyServer = "serve-empty";

    private const int PerSecond = 1000;
    private const int Rounds = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);

    public static async Task RunAsync(Workbench bench)
    {
        var (ours, bare) = (Address(), Address());
        using var daemon = Starting.Launch(bench.Path("health"), ours);
        using var empty = Process.Start(Environment.ProcessPath!, [EmptyServer, bare]);
        try
        {
            using var http = new HttpClient();
            while (!await Starting.IsReadyAsync(http, ours))
                await Task.Delay(100);
            await CompareAsync(http, "/health", ours + "/health", bare);
            await CompareAsync(http, "/metrics", ours + "/metrics", bare);
        }
        finally
        {
            empty.Kill();
            await Starting.StopAsync(daemon);
        }
    }

    /// <summary>What the daemon is compared with.</summary>
    public static Task ServeEmptyAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", address);
        var app = builder.Build();
        app.MapGet("/", () => Results.Ok());
        return app.RunAsync();
    }

    private static async Task CompareAsync(HttpClient http, string title, string ours, string bare)
    {
        await PollAsync(http, ours);
        await PollAsync(http, bare);
        var rounds = new List<(double Ours, double Bare)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add((await PollAsync(http, ours), await PollAsync(http, bare)));
        var ratios = rounds.Select(r => r.Ours / r.Bare).Order().ToList();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{title} at {PerSecond} requests/s, 99th percentile ÷ empty endpoint: {ratios[0]:0.00} / {ratios[Rounds / 2]:0.00} / {ratios[^1]:0.00} (min / median / max of {Rounds}; ours {rounds.Average(r => r.Ours):0.00} ms, empty {rounds.Average(r => r.Bare):0.00} ms; wanted ≤ 2.00)"
            )
        );
    }

    /// <returns>99th percentile in ms. Requests go out on time whether or not the earlier ones are answered.</returns>
    private static async Task<double> PollAsync(HttpClient http, string address)
    {
        var asked = new List<Task<double>>();
        using var timer = new PeriodicTimer(Tick);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < Round)
        {
            for (var due = (int)(elapsed.TotalSeconds * PerSecond); asked.Count < due; )
                asked.Add(AskAsync(http, address));
            await timer.WaitForNextTickAsync();
        }
        var times = (await Task.WhenAll(asked)).Order().ToList();
        return times[(int)(times.Count * 0.99)];
    }

    private static async Task<double> AskAsync(HttpClient http, string address)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(address));
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static string Address() => $"http://127.0.0.1:{Starting.FreePort()}";
}
