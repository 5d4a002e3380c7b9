using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

/// <param name="Items">How many recordings, 1 to 4; two of them have one title.</param>
/// <param name="SideBySide">All items walk at once.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record WalkPlan(int Items, bool SideBySide, IReadOnlyList<PlannedFault> Faults)
{
    /// <summary>Somebody has to approve each Short, and does.</summary>
    public bool IsReviewed { get; init; }

    public override string ToString() =>
        $"{Items} items{(SideBySide ? " side by side" : "")}{(IsReviewed ? ", reviewed" : "")}, {string.Join(", ", Faults.OrderBy(f => f.Point))}";
}

/// <summary>Walks the items of one plan through all its faults until every one has ended.</summary>
internal sealed class WalkCase(FlowWorld world, FaultScript script, WalkPlan plan)
{
    // Far more rounds than any plan can need: what has not ended by then never ends.
    private const int MostRounds = 200;
    private static readonly string[] Names = ["clip.mp4", "other.mp4", "clip.mkv", "third.mov"];

    private readonly ConcurrentDictionary<ItemId, bool> _again = [];

    public int Restarts { get; private set; }

    public static IReadOnlyList<string> NamesFor(WalkPlan plan) => Names[..plan.Items];

    public static string Marker(string name) => $"[{name}]";

    /// <summary>Adds the faults to a world's services; the stages are those registered before.</summary>
    public static void AddFaults(IServiceCollection services, FaultScript script)
    {
        services.ConfigureDbContext<ShortsDaemon.Pipeline.Storage.ShortsDb>(o =>
            o.AddInterceptors(new FaultySaves(script), new FaultyCommits(script))
        );
        foreach (var stage in services.Where(s => s.ServiceType == typeof(IStage)).ToList())
        {
            services.Remove(stage);
            services.AddSingleton(stage.ImplementationType!);
            services.AddSingleton<IStage>(s => new FaultyStage(
                (IStage)s.GetRequiredService(stage.ImplementationType!),
                script
            ));
        }
    }

    public async Task RunAsync()
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var open = (await OpenAsync()).Union(_again.Keys).ToList();
            _again.Clear();
            if (open.Count == 0)
                return;
            if (plan.SideBySide)
                await Task.WhenAll(open.Select(WalkAsync));
            else
                foreach (var id in open)
                    await WalkAsync(id);
            foreach (var id in open)
                await ApproveAsync(id);
            if (script.IsDead || script.IsStopped)
                await RestartAsync();
            world.Clock.Advance(TimeSpan.FromHours(2));
        }
        throw new InvalidOperationException($"not all items ended within {MostRounds} rounds");
    }

    private async Task<List<ItemId>> OpenAsync()
    {
        await using var db = world.Open();
        return await db.Items.Where(i => ItemStates.UnderWay.Contains(i.State)).Select(i => i.Id).ToListAsync();
    }

    // As ItemJob does: what the database could not take is done again later.
    private async Task WalkAsync(ItemId id)
    {
        try
        {
            await world.Get<ItemWalk>().WalkAsync(id, script.Life.Token);
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException || script.IsDead || script.IsStopped)
        {
            _again[id] = true;
        }
    }

    // What the database could not take is approved in the next round.
    private async Task ApproveAsync(ItemId id)
    {
        try
        {
            await world.Get<ItemActions>().ApproveAsync(id, "ada");
        }
        catch (ActionRefusedException)
        {
            // It does not wait for that.
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException || script.IsDead || script.IsStopped)
        {
            _again[id] = true;
        }
    }

    private async Task RestartAsync()
    {
        Restarts++;
        _again.Clear();
        world.Restart();
        script.Revive();
        await world.Get<WorkSweep>().RunAsync(CancellationToken.None);
    }
}
