using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Benchmarks;

/// <summary>The built daemon as a program of its own.</summary>
internal static class DaemonProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ShortsDaemon");

    // Recordings that have lain there for long: waiting for a fresh file to settle is no work.
    private static readonly DateTime Old = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>One `once` over the inbox of a fresh data directory.</summary>
    /// <returns>Paths of the Shorts.</returns>
    public static Task<IReadOnlyList<string>> OnceAsync(
        Workbench bench,
        string data,
        IEnumerable<string> recordings,
        params string[] settings
    ) => OnceByAsync(Path, bench, data, recordings, settings);

    /// <param name="program">The same under another name.</param>
    public static async Task<IReadOnlyList<string>> OnceByAsync(
        string program,
        Workbench bench,
        string data,
        IEnumerable<string> recordings,
        params string[] settings
    )
    {
        Prepare(data, recordings);
        await bench.Processes.RequireAsync(
            new ProcessCommand(
                program,
                ["once", "--data", data, "Channels:inbox:Sources:0:SettleSeconds=0", .. settings]
            )
            {
                Limits = new ProcessLimits { Time = TimeSpan.FromHours(1) },
            },
            OutputHandlers.None,
            CancellationToken.None
        );
        return Directory.GetFiles(System.IO.Path.Combine(data, "outbox"), "*.mp4");
    }

    // The trials of the encoders belong to the first start on a box, not to an item: they are kept.
    private static void Prepare(string data, IEnumerable<string> recordings)
    {
        foreach (var name in new[] { "inbox", "outbox", "work", "logs" })
            Remove(System.IO.Path.Combine(data, name));
        foreach (var database in Directory.Exists(data) ? Directory.GetFiles(data, "shorts.db*") : [])
            File.Delete(database);
        var inbox = Directory.CreateDirectory(System.IO.Path.Combine(data, "inbox")).FullName;
        foreach (var recording in recordings)
        {
            var copy = System.IO.Path.Combine(inbox, System.IO.Path.GetFileName(recording));
            File.Copy(recording, copy);
            File.SetLastWriteTimeUtc(copy, Old);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
