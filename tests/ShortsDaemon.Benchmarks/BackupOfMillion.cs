using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Benchmarks;

/// <summary>A backup of a million items, verified, beside the plain copy that SQLite makes; and what a writer waits meanwhile.</summary>
internal static class BackupOfMillion
{
    private const int Rounds = 3;

    public static async Task RunAsync(Workbench bench)
    {
        var data = Directory.CreateDirectory(bench.Path("backup")).FullName;
        var database = Path.Combine(data, "shorts.db");
        var factory = await MillionItems.MakeAsync(database);
        var maker = MakerFor(data, database);
        List<double> ratios = [];
        for (var round = 0; round < Rounds; round++)
        {
            var plain = await Workbench.TimeAsync(() => CopyAsync(factory, Path.Combine(data, $"plain{round}.db")));
            // The disk alone makes a write wait now and then; and the first one of all is compiled.
            var (_, alone) = await WithWriterAsync(
                factory,
                () => Task.Delay(TimeSpan.FromSeconds(plain), TimeProvider.System)
            );
            var (ours, longest) = await WithWriterAsync(factory, () => maker.MakeAsync(CancellationToken.None));
            ratios.Add(ours / plain);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"VACUUM INTO {plain:0.0} s, backup {ours:0.0} s; longest write meanwhile {longest:0} ms (wanted ≤ 250 ms), without a backup {alone:0} ms"
                )
            );
        }
        ratios.Sort();
        Console.WriteLine(
            FormattableString.Invariant($"Backup ÷ VACUUM INTO: {ratios[Rounds / 2]:0.00} (wanted ≤ 1.5)")
        );
    }

    /// <returns>Seconds of the work, and ms of the longest write meanwhile.</returns>
    private static async Task<(double Seconds, double LongestWrite)> WithWriterAsync(
        IDbContextFactory<ShortsDb> factory,
        Func<Task> work
    )
    {
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(factory, stop.Token);
        var seconds = await Workbench.TimeAsync(work);
        await stop.CancelAsync();
        return (seconds, await writing);
    }

    private static async Task<bool> CopyAsync(IDbContextFactory<ShortsDb> factory, string to)
    {
        await using var db = await factory.CreateDbContextAsync();
        db.Database.SetCommandTimeout(600);
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {to}");
        File.Delete(to);
        return true;
    }

    private static Task<double> WriteAsync(IDbContextFactory<ShortsDb> factory, CancellationToken stop) =>
        Task.Run(
            async () =>
            {
                var longest = 0.0;
                while (!stop.IsCancellationRequested)
                {
                    await using var db = await factory.CreateDbContextAsync(CancellationToken.None);
                    db.Alerts.Add(
                        new Alert
                        {
                            Rule = "Benchmark",
                            Subject = Guid.NewGuid().ToString(),
                            Message = "a write",
                            RaisedAt = TimeProvider.System.GetUtcNow(),
                        }
                    );
                    longest = Math.Max(longest, 1000 * await Workbench.TimeAsync(() => db.SaveChangesAsync()));
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
                }
                return longest;
            },
            CancellationToken.None
        );

    private static BackupMaker MakerFor(string data, string database) =>
        new(
            new LiveOptions(
                new ShortsOptions
                {
                    Daemon = new() { DataDirectory = data },
                    Storage = new() { ConnectionString = $"Data Source={database}" },
                    Backup = new() { Directory = Path.Combine(data, "backups") },
                }
            ),
            new DataFolder(data),
            TimeProvider.System
        );
}
