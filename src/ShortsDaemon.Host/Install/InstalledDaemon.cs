using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Install;

/// <summary>The real one: its service, its data, and the commands of its own release for its database.</summary>
/// <param name="root">The installation.</param>
/// <param name="installed">How it was installed.</param>
/// <param name="options">Its configuration.</param>
/// <param name="service">Starts and stops it.</param>
/// <param name="run">Runs the commands of a release.</param>
/// <param name="time">Clock of the waits.</param>
internal sealed class InstalledDaemon(
    InstallRoot root,
    Installation installed,
    ShortsOptions options,
    IService service,
    RunTool run,
    TimeProvider time
) : IDaemon
{
    private const string LatestMigration = "select max(MigrationId) from __EFMigrationsHistory";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeyondStop = TimeSpan.FromSeconds(30);

    private readonly DataFolder _data = new(installed.Data);

    /// <summary>How long it may take to be ready; the migration of a large database is in it.</summary>
    public TimeSpan ReadyLimit { get; init; } = TimeSpan.FromMinutes(10);

    public ServiceRun Run =>
        new(root, Release.ProgramIn(root.Current), ["run", .. installed.Arguments], installed.Data)
        {
            User = installed.User,
            Runtime = Release.RuntimeFolder,
            Writes = WrittenFolders.Of(options),
        };

    private string Database => new SqliteConnectionStringBuilder(options.Storage.ConnectionString).DataSource;

    public async Task StopAsync(CancellationToken cancel)
    {
        await service.StopAsync(Run, cancel);
        var limit = TimeSpan.FromSeconds(options.Daemon.StopSeconds) + BeyondStop;
        var began = time.GetTimestamp();
        while (InstanceLock.IsHeld(_data))
        {
            if (time.GetElapsedTime(began) > limit)
                throw new InstallException(
                    $"A daemon still works in '{installed.Data}' after {limit.TotalSeconds:0} s. If it was started by hand, stop it there."
                );
            await Task.Delay(Pause, time, cancel);
        }
    }

    public async Task<string?> StartAsync(CancellationToken cancel)
    {
        var readiness = new Readiness(options.Daemon.Urls, _data, time);
        try
        {
            await service.StartAsync(Run, cancel);
        }
        catch (InstallException e)
        {
            return $"{e.Message} More says {service.Hint}.";
        }
        return await readiness.WaitAsync(ReadyLimit, cancel) is { } problem
            ? $"{problem} More says {service.Hint}."
            : null;
    }

    public async Task<string?> BackUpAsync(Release release, CancellationToken cancel)
    {
        if (!File.Exists(Database))
            return null;
        // A place of its own, where no later backup thins it out.
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var folder = Path.Combine(installed.Data, "upgrades", $"{release.Version}-{now}");
        var answer = await CommandAsync(
            release,
            ["backup", "create", "--json", .. installed.Arguments, "--set", $"Backup:Directory={folder}"],
            cancel
        );
        using var made = JsonDocument.Parse(answer);
        return made.RootElement.GetProperty("folder").GetString();
    }

    public async Task<bool> HasFormOfAsync(string backup, CancellationToken cancel)
    {
        var then = Backup.At(backup) is { Manifest: { } manifest, Problem: null }
            ? manifest.Schema
            : throw new InstallException($"The backup '{backup}' cannot be used: {Backup.At(backup).Problem}");
        try
        {
            await using var connection = new SqliteConnection($"Data Source={Database};Mode=ReadOnly;Pooling=false");
            await connection.OpenAsync(cancel);
            await using var question = connection.CreateCommand();
            question.CommandText = LatestMigration;
            return await question.ExecuteScalarAsync(cancel) as string == then;
        }
        catch (SqliteException)
        {
            return false; // gone or damaged: the backup is all there is
        }
    }

    // By that release itself: a newer one would bring the database to its own version at once.
    public Task RestoreAsync(Release release, string backup, CancellationToken cancel) =>
        CommandAsync(release, ["backup", "restore", backup, "--yes", .. installed.Arguments], cancel);

    // As the daemon's user, so that the files are its own.
    private Task<string> CommandAsync(Release release, IEnumerable<string> arguments, CancellationToken cancel)
    {
        string[] line = [.. Release.ProgramIn(release.Folder), .. arguments];
        if (installed.User is { } user)
            line = ["runuser", "-u", user, "--", .. line];
        var variables = new Dictionary<string, string?>();
        if (Release.RuntimeFolder is { } runtime)
            variables["DOTNET_ROOT"] = runtime;
        var command = new ProcessCommand(line[0], line[1..])
        {
            Environment = variables,
            WorkingDirectory = installed.Data,
        };
        return run.RequireAsync(command, cancel);
    }
}
