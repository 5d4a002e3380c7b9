using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Picks from a channel's backlog what this run makes, and writes down why for every candidate.</summary>
public sealed class SelectStep(
    IDbContextFactory<ShortsDb> databases,
    GameTrends trends,
    LiveOptions live,
    TimeProvider time,
    ILogger<SelectStep> log
)
{
    private readonly ConcurrentDictionary<string, TopUpTry> _inVain = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Selects for a run, and keeps the run together with what it selected.</summary>
    /// <param name="run">The run so far; one that found and selected nothing and tells no news is not kept.</param>
    /// <param name="isNews">Its problem, or that there is none any more, is something new.</param>
    /// <param name="options">The channel's options.</param>
    /// <param name="cancel">Gives up; nothing is changed then.</param>
    /// <returns>The items now on their way, best first.</returns>
    public async Task<IReadOnlyList<ItemId>> RunAsync(
        Run run,
        bool isNews,
        ChannelOptions options,
        CancellationToken cancel
    )
    {
        var trend = await trends.NowAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var selection = await SelectAsync(db, run.Channel, options, trend, topUp: null, cancel);
        run.Selected = selection.Selected.Count;
        run.EndedAt = time.GetUtcNow();
        if (run.Found > 0 || run.Selected > 0 || isNews)
        {
            db.Runs.Add(run);
            await db.SaveChangesAsync(cancel);
        }
        return await KeepAsync(db, selection, run, cancel);
    }

    /// <summary>
    /// Replaces what the latest run selected and what has come to a bad end since, as far as there are candidates. Looks at
    /// nothing but the database: called at any time and as often as one likes, it does what is missing.
    /// </summary>
    /// <returns>The items now on their way, best first.</returns>
    public async Task<IReadOnlyList<ItemId>> TopUpAsync(
        string channel,
        ChannelOptions options,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        // Nearly always nothing is missing; that is seen without taking the right to write.
        if (await Shortfall.OfAsync(db, channel, cancel) is not { } missing)
            return [];
        // What is missing may stay missing for days; that is seen without it, too.
        var attempt = await TopUpTry.OfAsync(db, live.Value, channel, options, missing, time.GetUtcNow(), cancel);
        if (!attempt.HasChance || (_inVain.TryGetValue(channel, out var vain) && attempt.IsSameAs(vain)))
            return [];
        var trend = await trends.NowAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await Shortfall.OfAsync(db, channel, cancel) is not { } shortfall)
            return [];
        var selection = await SelectAsync(db, channel, options, trend, shortfall.RoomOf(options.Selection), cancel);
        if (selection.Selected.Count == 0)
            _inVain[channel] = attempt;
        return await KeepAsync(db, selection, shortfall.Run, cancel);
    }

    /// <summary>What a run would decide now. Nothing is kept.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="options">Its options.</param>
    /// <param name="found">Items that were found and are not in the database.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<Judgement>> ForeseeAsync(
        string channel,
        ChannelOptions options,
        IReadOnlyList<Item> found,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var trend = await trends.NowAsync(cancel);
        var (now, selection) = (time.GetUtcNow(), options.Selection);
        var candidates = await Backlog.ReadAsync(db, channel, selection, now, cancel);
        candidates.AddRange(found);
        var known = await new KnownReader(db, live.Value, channel, options, now).ReadAsync(candidates, trend, cancel);
        return Judge.Decide(candidates, selection, now, known);
    }

    private async Task<Selection> SelectAsync(
        ShortsDb db,
        string channel,
        ChannelOptions options,
        GameTrend trend,
        Room? topUp,
        CancellationToken cancel
    )
    {
        var (isTopUp, room) = (topUp is not null, topUp ?? Room.Unlimited);
        var now = time.GetUtcNow();
        var candidates = await Backlog.ReadAsync(db, channel, options.Selection, now, cancel);
        var latest = await Backlog.LatestReasonsAsync(db, candidates, cancel);
        var known = await new KnownReader(db, live.Value, channel, options, now).ReadAsync(candidates, trend, cancel);
        var judgements = Judge.Decide(candidates, options.Selection, now, known with { Room = known.Room.And(room) });
        foreach (var judgement in judgements)
        {
            Apply(judgement, now);
            // How much room there is changes with each item that ends: only a run tells of it.
            if (isTopUp && judgement.WaitsForRoom)
                continue;
            if (latest.GetValueOrDefault(judgement.Item.Id) != judgement.Reason)
                db.Decisions.Add(ToDecision(judgement, now));
        }
        return new Selection(judgements);
    }

    private async Task<IReadOnlyList<ItemId>> KeepAsync(
        ShortsDb db,
        Selection selection,
        Run run,
        CancellationToken cancel
    )
    {
        foreach (var item in selection.Selected)
            item.RunId = run.Id;
        await db.SaveChangesAsync(cancel);
        await db.Database.CommitTransactionAsync(cancel);
        foreach (var j in selection.Judgements.Where(j => j.Verdict is Verdict.Rejected or Verdict.Expired))
        {
            using var scope = log.BeginItem(j.Item);
            log.LogInformation("'{Title}' {Verdict}: {Reason}", j.Item.Title, Word(j.Verdict), j.Reason);
        }
        return [.. selection.Selected.Select(i => i.Id)];
    }

    private static string Word(Verdict verdict) => verdict == Verdict.Expired ? "expired" : "rejected";

    private static void Apply(Judgement judgement, DateTimeOffset now)
    {
        var item = judgement.Item;
        item.State = judgement.Verdict switch
        {
            Verdict.Selected => ItemState.Download,
            Verdict.Rejected => ItemState.Rejected,
            Verdict.Expired => ItemState.Expired,
            _ => item.State,
        };
        if (judgement.Verdict == Verdict.Deferred)
            return;
        item.Score = judgement.Score.Value;
        item.Reason = judgement.Verdict == Verdict.Selected ? null : judgement.Reason;
        item.DuplicateOf = judgement.Verdict == Verdict.Rejected ? judgement.DuplicateOf : null;
        item.ChangedAt = now;
    }

    private static Decision ToDecision(Judgement judgement, DateTimeOffset now) =>
        new()
        {
            ItemId = judgement.Item.Id,
            At = now,
            Verdict = judgement.Verdict,
            Score = judgement.Score.Value,
            Rule = judgement.Rule,
            Reason = judgement.Reason,
            Features = [.. judgement.Score.Features],
        };

    private sealed record Selection(IReadOnlyList<Judgement> Judgements)
    {
        public IReadOnlyList<Item> Selected { get; } =
        [.. Judgements.Where(j => j.Verdict == Verdict.Selected).Select(j => j.Item)];
    }
}
