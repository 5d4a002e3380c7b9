using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Health;

/// <summary>A data directory with a real database, and a clock that stands still.</summary>
internal sealed class HealthSandbox : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("health-");
    private readonly List<ServiceProvider> _services = [];

    public FakeTimeProvider Clock { get; } = new();
    public DateTimeOffset Now => Clock.GetUtcNow();
    public DataFolder Data => new(_folder.FullName);
    public string DatabaseFile => Path.Combine(_folder.FullName, "shorts.db");

    public IDbContextFactory<ShortsDb> Databases(string extra = "")
    {
        var services = new ServiceCollection()
            .AddDbContextFactory<ShortsDb>(o => o.UseShorts($"Data Source={DatabaseFile}{extra}"))
            .BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<IDbContextFactory<ShortsDb>>();
    }

    public DatabaseDamage Damage(IDbContextFactory<ShortsDb> databases)
    {
        var alerts = new Alerts(databases, Clock, NullLogger<Alerts>.Instance);
        var holds = new Holds(databases, alerts, Clock, NullLogger<Holds>.Instance);
        return new DatabaseDamage(holds, alerts, NullLogger<DatabaseDamage>.Instance);
    }

    public async Task<IDbContextFactory<ShortsDb>> PrepareAsync()
    {
        var databases = Databases();
        await new DatabaseStart(databases).PrepareAsync(CancellationToken.None);
        await using var db = await databases.CreateDbContextAsync();
        db.Channels.Add(new Channel { Name = "inbox", FirstSeenAt = Now });
        await db.SaveChangesAsync();
        return databases;
    }

    /// <summary>An item of the channel inbox that changed this long ago.</summary>
    public async Task<ItemId> AddItemAsync(ItemState state, TimeSpan ago = default, Action<Item>? change = null)
    {
        await using var db = await Databases().CreateDbContextAsync();
        var item = new Item
        {
            Channel = "inbox",
            Source = "Folder:/inbox",
            ExternalId = Guid.NewGuid().ToString(),
            Title = "A recording",
            Location = "/inbox/a.mp4",
            State = state,
            ChangedAt = Now - ago,
        };
        change?.Invoke(item);
        db.Items.Add(item);
        await db.SaveChangesAsync();
        return item.Id;
    }

    public async Task AddAttemptAsync(
        ItemId item,
        AttemptResult result,
        string? reason = null,
        TimeSpan ago = default,
        int times = 1
    )
    {
        await using var db = await Databases().CreateDbContextAsync();
        db.Attempts.AddRange(
            Enumerable
                .Range(0, times)
                .Select(_ => new Attempt
                {
                    ItemId = item,
                    Stage = ItemState.Render,
                    StartedAt = Now - ago,
                    EndedAt = Now - ago,
                    Result = result,
                    Reason = reason,
                })
        );
        await db.SaveChangesAsync();
    }

    /// <summary>Options with the channel inbox.</summary>
    public static LiveOptions Options(HealthOptions? health = null, bool dryRun = false, bool isOn = true) =>
        new(
            new ShortsOptions
            {
                Health = health ?? new HealthOptions(),
                Daemon = new DaemonOptions { DryRun = dryRun },
                Channels = { ["inbox"] = new ChannelOptions { Enabled = isOn } },
            }
        );

    public static Task<HealthCheckResult> AskAsync(IHealthCheck check) =>
        check.CheckHealthAsync(
            new HealthCheckContext { Registration = new("under test", check, failureStatus: null, tags: null) }
        );

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _services.ForEach(services => services.Dispose());
        _folder.Delete(recursive: true);
    }
}
