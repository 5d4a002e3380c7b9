using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Metrics;

/// <summary>A real Prometheus with a folder and a port of its own, that scrapes one address each second.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("prometheus-");
    private readonly HttpClient _http = new();
    private readonly Process _process;

    /// <param name="target">Host and port.</param>
    /// <param name="rules">File of alert rules.</param>
    public Prometheus(string target, string rules)
    {
        var (address, config) = ($"127.0.0.1:{FreePort()}", Path.Combine(_folder.FullName, "prometheus.yml"));
        File.WriteAllText(
            config,
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: ['{{rules}}']
            scrape_configs:
              - job_name: shortsdaemon
                static_configs: [{ targets: ['{{target}}'] }]
            """
        );
        _http.BaseAddress = new Uri($"http://{address}");
        _process = Process.Start(
            new ProcessStartInfo(
                "prometheus",
                [
                    $"--config.file={config}",
                    $"--storage.tsdb.path={_folder.FullName}/data",
                    $"--web.listen-address={address}",
                    "--log.level=error",
                ]
            )
            {
                UseShellExecute = false,
            }
        )!;
    }

    /// <returns>The value of the only series, once there is one.</returns>
    public async Task<double> AskAsync(string query)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await TryAskAsync(query) is [{ } only])
                return double.Parse((string)only["value"]![1]!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(Deadline), $"no answer to {query}");
            Assert.That(_process.HasExited, Is.False, "Prometheus has ended");
            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<JsonArray?> TryAskAsync(string query)
    {
        try
        {
            var answer = await _http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
            return JsonNode.Parse(answer)!["data"]!["result"]!.AsArray();
        }
        catch (HttpRequestException)
        {
            return null; // it does not listen yet
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
