using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>What a bundle consists of. A new part is one line here.</summary>
internal sealed class BundleParts(Patient patient)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    public IReadOnlyList<BundlePart> All =>
        [
            new("versions.json", "program, system, ffmpeg, ffprobe, yt-dlp, SQLite", VersionsAsync),
            new("doctor.json", "what doctor says", DoctorAsync),
            new(
                "configuration.json",
                "what is in force, defaults included; secrets are replaced by ***",
                _ => Task.FromResult<object>(Configuration())
            ),
            new("health.json", "the health page of the running daemon", HealthAsync),
            new(
                "database.json",
                "schema, rows by table, the latest attempts, runs, jobs, alerts, holds",
                cancel => DatabasePart.ReadAsync(patient, cancel)
            ),
            new("log.txt", $"the last {LogTail.Lines} lines", cancel => LogTail.ReadAsync(patient.Data.Logs, cancel)),
        ];

    private async Task<object> DoctorAsync(CancellationToken cancel) =>
        (await DoctorChecks.RunAsync(patient, cancel)).Select(line => new
        {
            line.Check,
            Status = line.StatusWord,
            line.Finding,
            line.Mend,
        });

    private object Configuration() =>
        new
        {
            patient.Files,
            Problems = patient.Reading.Problems.Select(problem => new
            {
                problem.Key,
                problem.What,
                problem.IsError,
            }),
            Options = patient.IsLegible ? OptionsTree.Of(patient.Options) : null,
        };

    private async Task<object> VersionsAsync(CancellationToken cancel)
    {
        var tools = patient.Options.Tools;
        return new
        {
            Program = typeof(BundleParts).Assembly.GetName().Version?.ToString(3),
            MadeAt = patient.Time.GetUtcNow(),
            System = RuntimeInformation.OSDescription,
            Architecture = RuntimeInformation.OSArchitecture,
            Runtime = RuntimeInformation.FrameworkDescription,
            Processors = Environment.ProcessorCount,
            MemoryMiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
            TimeZone = TimeZoneInfo.Local.Id,
            patient.IsContainer,
            Sqlite = Sqlite(),
            FFmpeg = await SaysAsync(tools.FFmpeg, "-version", cancel),
            FFprobe = await SaysAsync(tools.FFprobe, "-version", cancel),
            YtDlp = await SaysAsync(tools.YtDlp, "--version", cancel),
        };
    }

    private async Task<string> SaysAsync(string program, string question, CancellationToken cancel)
    {
        try
        {
            return (await ToolAnswer.OfAsync(patient, program, [question], cancel)).FirstOrDefault("it says nothing");
        }
        catch (ProcessFailedException e)
        {
            return e.Message;
        }
    }

    private static string Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }

    private async Task<object> HealthAsync(CancellationToken cancel)
    {
        if (!InstanceLock.IsHeld(patient.Data))
            return new { note = "the daemon does not run" };
        var address = patient.Options.Daemon.Urls.Split(';')[0].Trim();
        using var http = new HttpClient { Timeout = LongestAnswer };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address), "/health"), cancel);
            var text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable
                ? JsonNode.Parse(text)!
                : new { note = $"'{address}' answered {(int)answer.StatusCode}" };
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or UriFormatException)
        {
            return new { note = $"'{address}' gave no answer: {e.Message}" };
        }
    }
}
