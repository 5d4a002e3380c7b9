using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Sources.Twitch;

internal sealed class GameNamesTests
{
    [Test]
    public async Task One_that_another_channel_has_just_asked_for_is_not_asked_for_again()
    {
        await using var bench = await TwitchBench.OverWorldAsync();
        var game = bench.Twitch.AddGame("Chess");
        var databases = new Databases(bench.Flow.Open);
        using var names = new GameNames(bench.Get<HelixClient>(), databases);
        // The other channel asks and is answered between this one's look and its question.
        databases.AfterFirstLook = () => names.OfAsync([game], CancellationToken.None);

        var found = await bench.RunAsync(names.OfAsync([game], CancellationToken.None));

        Assert.That(found[game], Is.EqualTo("Chess"));
        Assert.That(bench.World!.Calls.All.Count(c => c.Operation == "twitch.games"), Is.EqualTo(1));
    }

    private sealed class Databases(Func<ShortsDb> open) : DbCommandInterceptor, IDbContextFactory<ShortsDb>
    {
        public Func<Task>? AfterFirstLook { get; set; }

        public ShortsDb CreateDbContext()
        {
            using var db = open();
            var options = new DbContextOptionsBuilder<ShortsDb>().UseSqlite(db.Database.GetConnectionString());
            return new ShortsDb(options.AddInterceptors(this).Options);
        }

        public override async ValueTask<InterceptionResult> DataReaderClosingAsync(
            DbCommand command,
            DataReaderClosingEventData eventData,
            InterceptionResult result
        )
        {
            if (AfterFirstLook is { } look)
            {
                AfterFirstLook = null;
                await look();
            }
            return result;
        }
    }
}
