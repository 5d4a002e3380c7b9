using System.CommandLine;
using System.Globalization;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Host.Commands.Support;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>A zip for a bug report, with every secret taken out. Runs with a bad configuration, too, and beside a running daemon.</summary>
internal static class SupportBundleCommand
{
    private const int KiB = 1024;

    private static readonly Option<FileInfo?> Output = new("--output", "-o")
    {
        Description = "The file to write; by default shorts-support-<time>.zip where you are.",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command(
            "support-bundle",
            "Writes a zip for a bug report: versions, doctor, configuration, health, the database's latest rows, the log. "
                + "Secrets are taken out; titles and paths are in it. Changes nothing, works while the daemon runs. "
                + "Exit code: 0 written, 1 it cannot be written, 2 wrong usage."
        )
        {
            Output,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var files = new ConfigurationFiles(GlobalOptions.Read(parsed), ConfigurationSurroundings.OfThisProcess());
        var time = TimeProvider.System;
        var reading = files.Read(new OptionsReader(PlugIns.Options, new CronSyntax(time).Problem));
        var patient = new Patient(reading, [.. files.Files.Where(File.Exists)], time);
        var path = parsed.GetValue(Output)?.FullName ?? Path.GetFullPath(NameAt(time.GetUtcNow()));
        try
        {
            var secrets = await KnownSecrets.OfAsync(patient, Environment.GetEnvironmentVariables(), cancel);
            var parts = new BundleParts(patient).All;
            var missing = await new SupportBundle(new SecretScrub(secrets), time).WriteAsync(path, parts, cancel);
            Tell(path, parts, missing);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(
                $"'{path}' cannot be written: {e.Message} Choose another one with --output."
            );
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was written.");
        }
        return ExitCode.Failed;
    }

    private static void Tell(string path, IReadOnlyList<BundlePart> parts, IReadOnlyList<string> missing)
    {
        var size = (new FileInfo(path).Length + KiB - 1) / KiB;
        Console.WriteLine(
            $"{path}, {size} KiB. Secrets are taken out; titles and paths are in it, so look before you send it."
        );
        Console.WriteLine();
        var width = parts.Max(part => part.Name.Length);
        foreach (var part in parts)
            Console.WriteLine($"  {part.Name.PadRight(width)}  {part.Words}");
        foreach (var trouble in missing)
            Console.WriteLine($"  ! {trouble}");
    }

    private static string NameAt(DateTimeOffset now) =>
        $"shorts-support-{now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.zip";
}
