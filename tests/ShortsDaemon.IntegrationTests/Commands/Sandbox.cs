using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.IntegrationTests.Commands;

/// <summary>A data directory, and the built program working in it.</summary>
internal sealed class Sandbox : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commands-");
    private readonly ProcessRunner _processes = new(TimeProvider.System, "command-tests");

    public string Root => _folder.FullName;

    /// <summary>What the program finds around itself, beside what the test itself does.</summary>
    public Dictionary<string, string?> Environment { get; } = new() { ["Daemon__Urls"] = "http://127.0.0.1:0" };
    public string Data => Path.Combine(Root, "data");
    public string Database => Path.Combine(Data, "shorts.db");

    public void Dispose() => _folder.Delete(recursive: true);

    public Task<ProgramAnswer> RunAsync(params string[] arguments) => AnswerAsync(Describe(arguments));

    /// <summary>The same with one line on its standard input.</summary>
    public Task<ProgramAnswer> RunWithAsync(string line, params string[] arguments)
    {
        var command = Describe(arguments);
        const string Script = "line=$1; shift; printf '%s\\n' \"$line\" | exec \"$@\"";
        return AnswerAsync(
            new ProcessCommand("sh", ["-c", Script, "sh", line, command.Program, .. command.Arguments])
            {
                WorkingDirectory = command.WorkingDirectory,
                Environment = command.Environment,
            }
        );
    }

    private async Task<ProgramAnswer> AnswerAsync(ProcessCommand described)
    {
        List<string> output = [];
        List<string> errors = [];
        var command = described with { Limits = new() { Time = TimeSpan.FromMinutes(2) } };
        var handlers = new OutputHandlers { OnOutput = output.Add, OnError = errors.Add };
        var result = await _processes.RunAsync(command, handlers, CancellationToken.None);
        return new(result.ExitCode, string.Join('\n', output), string.Join('\n', errors));
    }

    /// <summary>Runs until the stop; the task ends when the program has.</summary>
    public Task<ProcessResult> StartAsync(Action<string> onOutput, CancellationToken stop, params string[] arguments) =>
        _processes.RunAsync(Describe(arguments), new OutputHandlers { OnOutput = onOutput }, stop);

    /// <summary>A database as the daemon makes it, with two items.</summary>
    public async Task MakeDatabaseAsync()
    {
        Directory.CreateDirectory(Data);
        await using var db = Open();
        await db.Database.MigrateAsync();
        db.Channels.Add(new Channel { Name = "inbox", FirstSeenAt = Noon });
        await db.SaveChangesAsync();
        db.Items.Add(Item("match point", ItemState.Candidate, null));
        await db.SaveChangesAsync();
        db.Items.Add(Item("match lost", ItemState.Rejected, "it is too short"));
        await db.SaveChangesAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var db = Open();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    public SqliteConnection Connect() => new($"Data Source={Database};Pooling=false");

    private ProcessCommand Describe(string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "ShortsDaemon.dll"), .. arguments, "--data", Data])
        {
            WorkingDirectory = Root,
            // Not on the command line, where it could be taken for an argument.
            Environment = Environment,
        };

    public ShortsDb Open()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts($"Data Source={Database};Pooling=false");
        return new ShortsDb(options.Options);
    }

    private static Item Item(string title, ItemState state, string? reason) =>
        new()
        {
            Channel = "inbox",
            Source = "Folder:/srv/inbox",
            ExternalId = title,
            Title = title,
            Location = $"/srv/inbox/{title}.mp4",
            RecordedAt = Noon,
            DiscoveredAt = Noon,
            ChangedAt = Noon,
            State = state,
            Reason = reason,
        };
}

/// <summary>What the program said.</summary>
internal sealed record ProgramAnswer(int ExitCode, string Output, string Errors);
