using System.CommandLine;
using ShortsDaemon.Host.Commands.Doctor;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>The whole pre-flight checklist. Runs with a bad configuration, too, and beside a running daemon.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = GlobalOptions.Json();

    public static Command Create()
    {
        var command = new Command(
            "doctor",
            "Looks at everything the daemon needs, and says how to mend what is wrong: configuration, folders, disk, database, "
                + "ffmpeg, encoders, clock, addresses. Works while the daemon runs. "
                + "Exit code: 0 all ok or warn, 1 a line is fail, 2 wrong usage."
        )
        {
            Json,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var files = new ConfigurationFiles(GlobalOptions.Read(parsed), ConfigurationSurroundings.OfThisProcess());
        var time = TimeProvider.System;
        var reading = files.Read(new OptionsReader(PlugIns.Options, new CronSyntax(time).Problem));
        try
        {
            var patient = new Patient(reading, [.. files.Files.Where(File.Exists)], time);
            var lines = await DoctorChecks.RunAsync(patient, cancel);
            if (parsed.GetValue(Json))
                DoctorReport.WriteJson(lines);
            else
                DoctorReport.Print(lines);
            return lines.Any(line => line.Status == DoctorStatus.Fail) ? ExitCode.Failed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Cancelled.");
            return ExitCode.Failed;
        }
    }
}
