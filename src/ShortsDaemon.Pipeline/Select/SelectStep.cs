using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Select;

/// <summary>Picks from a channel's backlog what this run makes, and writes down why for every candidate.</summary>
public sealed class SelectStep(IDbContextFactory<ShortsDb> databases, TimeProvider time, ILogger<SelectStep> log)
{
    /// <returns>The items now on their way, best first.</returns>
    public async Task<IReadOnlyList<ItemId>> RunAsync(
        string channel,
        SelectionOptions options,
        CancellationToken cancel
    )
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var candidates = await db
            .Items.Where(i => i.Channel == channel && i.State == ItemState.Candidate)
            .ToListAsync(cancel);
        var now = time.GetUtcNow();
        var judgements = Judge.Decide(candidates, options, now);
        var latest = await LatestReasonsAsync(db, candidates, cancel);
        foreach (var judgement in judgements)
        {
            Apply(judgement, now);
            if (latest.GetValueOrDefault(judgement.Item.Id) != judgement.Reason)
                db.Decisions.Add(ToDecision(judgement, now));
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        foreach (var j in judgements.Where(j => j.Verdict is Verdict.Rejected or Verdict.Expired))
        {
            using var scope = log.BeginItem(j.Item);
            log.LogInformation("'{Title}' {Verdict}: {Reason}", j.Item.Title, Word(j.Verdict), j.Reason);
        }
        return [.. judgements.Where(j => j.Verdict == Verdict.Selected).Select(j => j.Item.Id)];
    }

    private static string Word(Verdict verdict) => verdict == Verdict.Expired ? "expired" : "rejected";

    // A candidate that waits for days would otherwise get the same record at every run.
    private static async Task<Dictionary<ItemId, string>> LatestReasonsAsync(
        ShortsDb db,
        List<Item> candidates,
        CancellationToken cancel
    )
    {
        var latest = new Dictionary<ItemId, string>();
        foreach (var batch in candidates.Select(c => c.Id).Chunk(500))
        {
            var ids = batch.ToList();
            var decisions = await db
                .Decisions.Where(d => ids.Contains(d.ItemId))
                .OrderBy(d => d.Id)
                .Select(d => new { d.ItemId, d.Reason })
                .ToListAsync(cancel);
            foreach (var decision in decisions)
                latest[decision.ItemId] = decision.Reason;
        }
        return latest;
    }

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
}
