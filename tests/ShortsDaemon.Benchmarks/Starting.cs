using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ShortsDaemon.Benchmarks;

/// <summary>Start to readiness, and memory at rest.</summary>
internal static class Starting
{
    public const double MiB = 1024 * 1024;
    private const int Starts = 5;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Workbench bench)
    {
        var data = bench.Path("start");
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
            times.Add((await StartAsync(data, TimeSpan.Zero)).Seconds);
        Console.WriteLine(
            FormattableString.Invariant(
                $"Start to /health/ready: first {times[0]:0.0} s (with encoder trials), then {times.Skip(1).Order().ElementAt(Starts / 2 - 1):0.0} s median (wanted ≤ 3 s)"
            )
        );
        var (_, resident) = await StartAsync(data, Rest);
        Console.WriteLine(
            FormattableString.Invariant(
                $"Idle resident memory after {Rest.TotalSeconds:0} s: {resident:0} MiB (wanted ≤ 150 MB)"
            )
        );
    }

    /// <returns>Seconds to readiness and resident memory in MiB after the rest.</returns>
    public static async Task<(double Seconds, double ResidentMiB)> StartAsync(string data, TimeSpan rest)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var watch = Stopwatch.StartNew();
        using var daemon = Launch(data, address);
        try
        {
            using var http = new HttpClient();
            while (!await IsReadyAsync(http, address))
            {
                if (watch.Elapsed > TimeSpan.FromMinutes(1))
                    throw new TimeoutException("the daemon does not become ready");
                await Task.Delay(20);
            }
            var seconds = watch.Elapsed.TotalSeconds;
            await Task.Delay(rest);
            daemon.Refresh();
            return (seconds, daemon.WorkingSet64 / MiB);
        }
        finally
        {
            await StopAsync(daemon);
        }
    }

    public static Process Launch(string data, string address, params IEnumerable<string> settings)
    {
        var daemon = Process.Start(
            new ProcessStartInfo(DaemonProgram.Path, ["run", "--data", data, $"Daemon:Urls={address}", .. settings])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        _ = daemon.StandardOutput.ReadToEndAsync();
        return daemon;
    }

    public static async Task StopAsync(Process daemon)
    {
        using var stop = Process.Start("kill", ["-TERM", daemon.Id.ToString(CultureInfo.InvariantCulture)]);
        await daemon.WaitForExitAsync();
    }

    public static async Task<bool> IsReadyAsync(HttpClient http, string address)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{address}/health/ready"))).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // nobody listens yet
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
