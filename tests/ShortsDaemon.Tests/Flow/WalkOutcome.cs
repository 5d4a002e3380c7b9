using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Flow;

/// <summary>What must hold when all items have ended, whatever went wrong on the way.</summary>
internal sealed class WalkOutcome(FlowWorld world, WalkPlan plan)
{
    private const int MaxAttempts = 3;
    private const int MostStepsBack = 10;

    private readonly Dictionary<string, string> _videos = Directory.Exists(world.Outbox)
        ? Directory.GetFiles(world.Outbox, "*.mp4").ToDictionary(f => f, File.ReadAllText)
        : [];

    public async Task AssertAsync()
    {
        await using var db = world.Open();
        var items = await db.Items.AsNoTracking().OrderBy(i => i.Id).ToListAsync();
        var attempts = await db.Attempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync();
        var publications = await db.Publications.AsNoTracking().ToListAsync();
        var renditions = await db.Renditions.AsNoTracking().ToDictionaryAsync(r => r.Id);
        Assert.That(items, Has.Count.EqualTo(plan.Items));
        foreach (var item in items)
        {
            var story = attempts.Where(a => a.ItemId == item.Id).ToList();
            AssertEnd(item, story);
            AssertStory(item, story);
            AssertPublication(item, publications.SingleOrDefault(p => p.ItemId == item.Id), renditions);
        }
        AssertNoStrays(publications);
        if (Directory.Exists(world.Data.Work))
            Assert.That(Directory.GetDirectories(world.Data.Work), Is.Empty, "work folders");
    }

    private void AssertEnd(Item item, List<Attempt> story)
    {
        Assert.That(item.State.IsEnd, Is.True, $"{item.Title} stands at {item.State}");
        var refusals = plan.Faults.Any(f => f.Kind is FaultKind.Permanent or FaultKind.ToolRefuse);
        if (item.State == ItemState.Rejected)
            Assert.That(refusals, Is.True, $"a good recording was rejected: {item.Reason}");
        if (item.State == ItemState.Failed)
            Assert.That(
                item.StepsBack >= MostStepsBack
                    || story[^1].Stage is var stage
                        && story.Count(a => a.Stage == stage && a.Result == AttemptResult.Retrying) >= MaxAttempts - 1,
                Is.True,
                $"given up too early: {item.Reason}"
            );
    }

    private void AssertStory(Item item, List<Attempt> story)
    {
        var (state, tries, stepsBack) = (ItemState.Download, 0, 0);
        for (var i = 0; i < story.Count; i++)
        {
            var attempt = story[i];
            Assert.That(attempt.Stage, Is.EqualTo(state), $"attempt {i} of {item.Title}");
            tries = attempt.Result switch
            {
                AttemptResult.Retrying => tries + 1,
                AttemptResult.Waiting or AttemptResult.Interrupted => tries,
                _ => 0,
            };
            Assert.That(tries, Is.LessThan(MaxAttempts));
            stepsBack += attempt.Result == AttemptResult.SteppedBack ? 1 : 0;
            state = After(plan.IsReviewed, attempt, i + 1 < story.Count ? story[i + 1].Stage : item.State);
        }
        Assert.That(state, Is.EqualTo(item.State));
        Assert.That(item.StepsBack, Is.EqualTo(stepsBack).And.LessThanOrEqualTo(MostStepsBack));
    }

    private static ItemState After(bool isReviewed, Attempt attempt, ItemState next)
    {
        if (attempt.Result == AttemptResult.SteppedBack)
        {
            Assert.That(next, Is.LessThan(attempt.Stage), "a step back");
            return next;
        }
        return attempt.Result switch
        {
            AttemptResult.Advanced => attempt.Stage.Next(isReviewed),
            AttemptResult.Rejected => ItemState.Rejected,
            AttemptResult.Failed => ItemState.Failed,
            _ => attempt.Stage,
        };
    }

    private void AssertPublication(Item item, Publication? promise, Dictionary<long, Rendition> renditions)
    {
        var copies = _videos
            .Where(v => v.Value.Contains(WalkCase.Marker(Path.GetFileName(item.Location)), StringComparison.Ordinal))
            .ToList();
        Assert.That(copies, Has.Count.LessThanOrEqualTo(1), $"copies of {item.Location} in the outbox");
        if (item.State != ItemState.Published)
        {
            Assert.That(promise?.PublishedAt, Is.Null, "published, but the item says otherwise");
            return;
        }
        Assert.That(promise?.PublishedAt, Is.Not.Null);
        Assert.That(copies.Select(c => c.Key), Is.EqualTo(new[] { promise!.RemoteId }));
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(promise.RemoteId!)));
        Assert.That(promise.Sha256, Is.EqualTo(hash), "hash of the promise");
        Assert.That(renditions[promise.RenditionId].Sha256, Is.EqualTo(hash), "hash the gate approved");
        Assert.That(File.Exists(Path.ChangeExtension(promise.RemoteId, ".jpg")), Is.True);
        Assert.That(File.ReadAllText(Path.ChangeExtension(promise.RemoteId!, ".json")), Does.Contain(hash));
    }

    private void AssertNoStrays(List<Publication> publications)
    {
        if (!Directory.Exists(world.Outbox))
            return;
        var names = publications.Select(p => p.ReservedName).OfType<string>();
        var known = names.SelectMany(name => (string[])[name, name + ".wide"]).ToHashSet();
        var strays = Directory.GetFiles(world.Outbox).Where(f => !known.Contains(Path.GetFileNameWithoutExtension(f)));
        Assert.That(strays, Is.Empty, "stray files in the outbox");
    }
}
