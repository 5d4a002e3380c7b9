using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Benchmarks;

/// <summary>The queries of the daily work, and a start, over a history of a million items.</summary>
internal static class MillionItems
{
    private const int Items = 1_000_000;
    private const int Rounds = 200;

    public static async Task RunAsync(Workbench bench)
    {
        var data = Directory.CreateDirectory(bench.Path("million")).FullName;
        var factory = await MakeAsync(Path.Combine(data, "shorts.db"));
        await TimeQueryAsync(
            factory,
            "dedupe look-up by content",
            (db, i) =>
                db
                    .Items.Where(x => x.ContentHash == Hash(i) && x.Channel == "inbox")
                    .OrderBy(x => x.Id)
                    .FirstOrDefaultAsync()
        );
        await TimeQueryAsync(
            factory,
            "known clips of a listing",
            (db, i) =>
                db
                    .Items.Where(x =>
                        x.Channel == "inbox"
                        && x.Source == "Folder:/inbox"
                        && new[] { $"clip{i}", $"new{i}" }.Contains(x.ExternalId)
                    )
                    .Select(x => x.ExternalId)
                    .ToListAsync()
        );
        await TimeQueryAsync(
            factory,
            "items under way",
            (db, _) =>
                db
                    .Items.Where(x => ItemStates.Working.Contains(x.State))
                    .OrderByDescending(x => x.Score)
                    .Select(x => x.Id)
                    .ToListAsync()
        );
        await TimeQueryAsync(
            factory,
            "candidates of a channel",
            (db, _) => db.Items.Where(x => x.Channel == "inbox" && x.State == ItemState.Candidate).ToListAsync()
        );
        await Starting.StartAsync(data, TimeSpan.Zero);
        var (seconds, resident) = await Starting.StartAsync(data, TimeSpan.FromSeconds(10));
        Console.WriteLine(
            FormattableString.Invariant(
                $"Start with {Items:N0} items: {seconds:0.0} s, {resident:0} MiB (wanted ≤ 4 s)"
            )
        );
    }

    /// <summary>A database of a million items.</summary>
    public static async Task<IDbContextFactory<ShortsDb>> MakeAsync(string path)
    {
        var factory = new Databases($"Data Source={path}");
        await new DatabaseStart(factory).PrepareAsync(CancellationToken.None);
        await FillAsync(factory);
        return factory;
    }

    private static string Hash(int number) => $"hash{number}";

    private static async Task FillAsync(Databases factory)
    {
        await using var db = factory.CreateDbContext();
        db.Database.SetCommandTimeout(600);
        await db.Database.ExecuteSqlAsync(
            $"insert into Channels (Name, FirstSeenAt) values ('inbox', '2026-01-01 00:00:00')"
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {Items})
            insert into Items (Channel, Source, ExternalId, Title, Location, RecordedAt, DiscoveredAt, SizeBytes, IsRefused, IsGone, State, Tries, Waits, StepsBack, ContentHash, ChangedAt, Version)
            select 'inbox', 'Folder:/inbox', 'clip' || i, 'Clip ' || i, '/inbox/clip' || i || '.mp4', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1000000, 0, 0,
                   case when i % 3 = 0 then 'Rejected' else 'Published' end, 0, 0, 0, 'hash' || i, '2026-01-01 00:00:00', 1 from n
            """
        );
    }

    private static async Task TimeQueryAsync<T>(
        IDbContextFactory<ShortsDb> factory,
        string name,
        Func<ShortsDb, int, Task<T>> query
    )
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            await using var db = factory.CreateDbContext();
            var number = Random.Shared.Next(1, Items);
            times.Add(1000 * await Workbench.TimeAsync(() => query(db, number)));
        }
        times.Sort();
        Console.WriteLine(
            FormattableString.Invariant(
                $"{Items:N0} items, {name}: {times[Rounds / 2]:0.00} ms median, {times[Rounds * 95 / 100]:0.00} ms 95th percentile (wanted < 5 ms)"
            )
        );
    }

    private sealed class Databases(string connection) : IDbContextFactory<ShortsDb>
    {
        private readonly DbContextOptions<ShortsDb> _options = Options(connection);

        public ShortsDb CreateDbContext() => new(_options);

        private static DbContextOptions<ShortsDb> Options(string connection)
        {
            var options = new DbContextOptionsBuilder<ShortsDb>();
            options.UseShorts(connection);
            return options.Options;
        }
    }
}
