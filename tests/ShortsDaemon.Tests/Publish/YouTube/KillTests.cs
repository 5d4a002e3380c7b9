using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.Tests.Publish.YouTube;

/// <summary>The process dies at any commit or request, before it or after it: there is exactly one video, with its subtitles.</summary>
internal sealed class KillTests
{
    private const int Seeds = 30;
    private const int MostProcesses = 40;

    // More than one upload passes: requests and commits, each with a before and an after.
    private const int Points = 90;

    private const int Units = 1_000_000;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Killed_at_every_point_once_there_is_one_video(bool losesSession)
    {
        var death = new Death();
        await using var stage = await OpenAsync(death);
        stage.YouTube.Rules.ListLag = TimeSpan.FromMinutes(20);
        death.AtDeath = losesSession ? () => stage.YouTube.ExpireSessions() : null;
        var point = 0;
        for (; point < 2 * Points; point++)
        {
            death.Plan([point]);
            await RequireOneAsync(stage, death, $"killed at {point}");
            if (!death.HasStruck)
                break;
        }
        Assert.That(point, Is.InRange(25, 2 * Points - 1), "the last run was not killed any more");
    }

    [Test]
    public async Task Killed_again_and_again_while_YouTube_fails_there_is_one_video()
    {
        var death = new Death();
        await using var stage = await OpenAsync(death);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            death.Plan([.. Enumerable.Range(0, 6).Select(_ => random.Next(3 * Points))]);
            if (random.Next(3) == 0)
                stage.YouTube.LoseLastAnswers();
            if (random.Next(3) == 0)
                stage.YouTube.CutNextChunks(random.Next(300_000), random.Next(1, 3));
            stage.YouTube.Rules.ListLag = TimeSpan.FromMinutes(random.Next(25));
            death.AtDeath = random.Next(3) == 0 ? () => stage.YouTube.ExpireSessions(404 + 6 * random.Next(2)) : null;
            await RequireOneAsync(stage, death, $"seed {seed}");
        }
    }

    private static async Task<YouTubeStage> OpenAsync(Death death)
    {
        var wire = new Wire { Before = (_, _) => death.PassAsync(), After = (_, _) => death.PassAsync() };
        var stage = await YouTubeStage.OpenAsync(
            new YouTubeDestinationOptions
            {
                Type = YouTubePublisher.TypeName,
                Credentials = "main",
                MaxPerDay = 0,
                MinSpacing = 0,
                Language = "en",
                Subtitles = true,
            },
            new YouTubeOptions
            {
                ChunkMiB = 0.25,
                Quota = new() { UnitsPerDay = Units },
            },
            wire,
            services => services.ConfigureDbContext<ShortsDb>(o => o.AddInterceptors(new DeadlySaves(death)))
        );
        stage.YouTube.SetQuota(new QuotaLimits(UnitsPerDay: Units));
        await stage.LogInAsync(scopes: [.. GoogleFlow.Scopes, GoogleFlow.SubtitlesScope]);
        return stage;
    }

    private static async Task RequireOneAsync(YouTubeStage stage, Death death, string when)
    {
        death.IsArmed = false;
        var item = await stage.ItemAsync(when);
        await File.WriteAllTextAsync(stage.Flow.Data.Of(item.Id).Subtitles, "1\n0:00 --> 0:01\nwords\n");
        death.IsArmed = true;
        for (var process = 0; process < MostProcesses; process++)
        {
            if (await LiveAsync(stage, item))
                break;
            death.Revive();
            stage.Flow.Restart();
        }
        death.IsArmed = false;
        var promise = await stage.PromiseAsync(item);
        var ours = stage.YouTube.Uploads.Where(v => v.Title == when).ToList();
        Assert.That(ours.Select(v => v.Sha256), Is.EqualTo(new[] { promise.Sha256 }), when);
        Assert.That(promise.RemoteId, Is.EqualTo(ours[0].VideoId), when);
        Assert.That((await stage.ReadAsync(item)).State, Is.EqualTo(ItemState.Published), when);
        Assert.That(ours[0].Captions, Has.Count.EqualTo(1), when);
        Assert.That(stage.World.Calls.Of("youtube.captions.insert").Where(c => c.Status == 409), Is.Empty, when);
    }

    /// <returns>False when the process died.</returns>
    private static async Task<bool> LiveAsync(YouTubeStage stage, Item item)
    {
        try
        {
            return (await stage.SettleAsync(item, most: 200)).State.IsEnd;
        }
        catch (Exception e) when (e is SqliteException or DbUpdateException)
        {
            return false;
        }
    }

    /// <summary>Strikes at planned points; after that nothing works until there is a new process.</summary>
    private sealed class Death
    {
        private readonly Lock _lock = new();
        private HashSet<int> _plan = [];
        private int _point;
        private bool _isDead;

        public bool IsArmed { get; set; }

        public bool HasStruck { get; private set; }

        public Action? AtDeath { get; set; }

        public void Plan(HashSet<int> points)
        {
            lock (_lock)
                (_plan, _point, _isDead, HasStruck) = (points, 0, false, false);
        }

        public void Revive()
        {
            lock (_lock)
                _isDead = false;
        }

        public Task PassAsync()
        {
            lock (_lock)
            {
                if (!IsArmed)
                    return Task.CompletedTask;
                if (_isDead)
                    throw new SqliteException("the process is dead", 10);
                if (!_plan.Remove(_point++))
                    return Task.CompletedTask;
                (_isDead, HasStruck) = (true, true);
                AtDeath?.Invoke();
                throw new SqliteException("killed", 10);
            }
        }
    }

    private sealed class DeadlySaves(Death death) : SaveChangesInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            await death.PassAsync();
            return result;
        }

        public override async ValueTask<int> SavedChangesAsync(
            SaveChangesCompletedEventData eventData,
            int result,
            CancellationToken cancellationToken = default
        )
        {
            await death.PassAsync();
            return result;
        }
    }
}
