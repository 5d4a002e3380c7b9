using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Select;

internal sealed class RepeatsTests
{
    private const string Title = "An unmistakable title";

    [Test]
    public void A_clip_that_an_older_tool_posted_is_rejected_at_any_age()
    {
        var clip = Candidates.Clip(1);
        (clip.ExternalId, clip.DiscoveredAt) = ("BraveOtter", Candidates.Now.AddDays(-90));
        var post = new PastPost { ExternalId = "BraveOtter", RemoteId = "dQw4w9WgXcQ" };
        var judged = One(clip, new Known { Posts = [post] });
        Assert.That((judged.Verdict, judged.Rule), Is.EqualTo((Verdict.Rejected, "PostedBefore")));
        Assert.That(judged.Reason, Is.EqualTo("posted before by another tool (video dQw4w9WgXcQ)"));
    }

    [TestCase(29, Verdict.Rejected)]
    [TestCase(31, Verdict.Selected)]
    [TestCase(null, Verdict.Rejected)]
    public void A_title_that_an_older_tool_posted_is_not_posted_again(int? days, Verdict verdict)
    {
        var post = Post(days is { } d ? Titled(1).RecordedAt.AddDays(d) : null);
        Assert.That(One(Titled(1), new Known { Posts = [post] }).Verdict, Is.EqualTo(verdict));
    }

    [Test]
    public void The_title_of_a_whole_stream_proves_nothing()
    {
        var known = new Known { Posts = [Post(null)], Titles = [Known(9, isTaken: false)] };
        Assert.That(One(Titled(1), known).Verdict, Is.EqualTo(Verdict.Selected));
        var two = Judge.Decide([Titled(1), Titled(2)], new(), Candidates.Now, new Known { Posts = [Post(null)] });
        Assert.That(two.Select(j => j.Verdict), Has.All.EqualTo(Verdict.Selected));
    }

    [Test]
    public void Our_own_title_is_not_repeated_unless_the_moments_can_be_told_apart()
    {
        var known = new Known { Titles = [Known(9, isTaken: true)] };
        var judged = One(Titled(1), known);
        Assert.That((judged.Rule, judged.DuplicateOf), Is.EqualTo(("RepeatedTitle", (object?)new ItemId(9))));
        Assert.That(One(Titled(1), known, new() { TitleDays = 0 }).Verdict, Is.EqualTo(Verdict.Selected));
        var placed = Titled(1);
        (placed.Origin!.VideoId, placed.Origin.VodOffsetSeconds) = ("v1", 5);
        Assert.That(One(placed, known).Verdict, Is.EqualTo(Verdict.Rejected), "only one has a place");
        var both = new Known { Titles = [Known(9, isTaken: true) with { IsPlaced = true }] };
        Assert.That(One(placed, both).Verdict, Is.EqualTo(Verdict.Selected));
    }

    [Test]
    public void Somebody_elses_title_and_one_that_was_never_posted_do_not_matter()
    {
        var stranger = Known(9, isTaken: true) with { BroadcasterId = "1002" };
        Assert.That(One(Titled(1), new Known { Titles = [stranger] }).Verdict, Is.EqualTo(Verdict.Selected));
        var rejected = new Known { Titles = [Known(9, isTaken: false)] };
        Assert.That(One(Titled(1), rejected).Verdict, Is.EqualTo(Verdict.Selected));
    }

    private static Item Titled(long id)
    {
        var clip = Candidates.Clip(id);
        clip.Title = Title;
        return clip;
    }

    private static PastPost Post(DateTimeOffset? at) => new() { TitleKey = TitleKey.Of(Title), PostedAt = at };

    private static KnownTitle Known(long id, bool isTaken) =>
        new(new ItemId(id), "1001", Title + "! #shorts", isTaken, IsPlaced: false);

    private static Judgement One(Item item, Known known, SelectionOptions? options = null) =>
        Judge.Decide([item], options ?? new(), Candidates.Now, known).Single();
}
