using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ShortsDaemon.Benchmarks;

/// <summary>/health and /metrics of the daemon, against an endpoint that does nothing in a process of its own.</summary>
internal static class HealthPolling
{
    public const string EmptyServer = "serve-empty";

    private const int PerSecond = 1000;
    private const int Rounds = 5;
    private const int Requests = 5000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(6);

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
            await LoadAsync(http, "/health", ours + "/health", daemon);
            await LoadAsync(http, "/metrics", ours + "/metrics", daemon);
            await LoadAsync(http, "empty endpoint", bare, empty);
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

    /// <summary>One request after the other, to the one and the other in turn, so that a slow moment of the machine meets both.</summary>
    private static async Task CompareAsync(HttpClient http, string title, string ours, string bare)
    {
        await AskInTurnAsync(http, ours, bare);
        var rounds = new List<(double Ours, double Bare)>();
        for (var i = 0; i < Rounds; i++)
            rounds.Add(await AskInTurnAsync(http, ours, bare));
        var ratios = rounds.Select(r => r.Ours / r.Bare).Order().ToList();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{title}, 99th percentile ÷ empty endpoint: {ratios[0]:0.00} / {ratios[Rounds / 2]:0.00} / {ratios[^1]:0.00} (min / median / max of {Rounds} rounds of {Requests}; ours {rounds.Average(r => r.Ours):0.00} ms, empty {rounds.Average(r => r.Bare):0.00} ms; wanted ≤ 2.00)"
            )
        );
    }

    /// <returns>99th percentiles in ms.</returns>
    private static async Task<(double Ours, double Bare)> AskInTurnAsync(HttpClient http, string ours, string bare)
    {
        var (ofOurs, ofBare) = (new List<double>(), new List<double>());
        while (ofOurs.Count < Requests)
        {
            ofOurs.Add(await AskAsync(http, ours));
            ofBare.Add(await AskAsync(http, bare));
        }
        return (Percentile(ofOurs), Percentile(ofBare));
    }

    private static double Percentile(List<double> times) => times.Order().ElementAt((int)(times.Count * 0.99));

    /// <summary>What polling takes from the work: processor time, in percent of one core.</summary>
    private static async Task LoadAsync(HttpClient http, string title, string address, Process server)
    {
        server.Refresh();
        var (began, before) = (Stopwatch.GetTimestamp(), server.TotalProcessorTime);
        await PollAsync(http, address);
        server.Refresh();
        var share = (server.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(began);
        Console.WriteLine(FormattableString.Invariant($"{title} at {PerSecond} requests/s: {share:P0} of one core"));
    }

    // Requests go out on time whether or not the earlier ones are answered.
    private static async Task PollAsync(HttpClient http, string address)
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
        await Task.WhenAll(asked);
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
