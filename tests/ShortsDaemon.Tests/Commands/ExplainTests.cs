using NUnit.Framework;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Commands.Explain;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Commands;

public sealed class ExplainTests
{
    private static readonly DateTimeOffset Noon = StoryDatabase.Noon;
    private const string Hash = "0123456789abcdef";

    private StoryDatabase _database = null!;

    [SetUp]
    public async Task MakeDatabase() => _database = await StoryDatabase.MakeAsync();

    [TearDown]
    public async Task RemoveDatabase() => await _database.DisposeAsync();

    [Test]
    public async Task What_is_to_be_posted_is_shown_with_its_slot_and_what_keeps_it()
    {
        await using var database = await StoryDatabase.MakeAsync();
        var id = await database.AddAsync("What a <shot>", item => item.State = ItemState.Candidate);
        await database.ChangeAsync(db =>
            db.Holds.Add(
                new()
                {
                    Scope = "account:YouTube/main",
                    Reason = "log in again",
                    Since = StoryDatabase.Noon,
                }
            )
        );
        var options = new ShortsOptions
        {
            Channels =
            {
                ["inbox"] = new()
                {
                    Destinations =
                    [
                        new YouTubeDestinationOptions
                        {
                            Type = "YouTube",
                            Credentials = "main",
                            Title = "{title} today",
                            Tags = ["clips", "shots"],
                        },
                    ],
                },
            },
        };
        await using var read = database.Open();
        var item = (await ItemSearch.FindAsync(read.Content, $"{id}", CancellationToken.None))[0];
        var previews = await PostPreview.ReadAsync(
            read.Content,
            options,
            item,
            StoryDatabase.Noon,
            CancellationToken.None
        );
        var slot = new Publication
        {
            Destination = "inbox/YouTube",
            Sha256 = "",
            SlotAt = StoryDatabase.Noon.AddHours(2),
        };

        Assert.That(
            PostWords.Tell(new(item) { Previews = previews, Publications = [slot] }, ChannelClock.Utc),
            Is.EqualTo(
                """
                At inbox/YouTube it is to be called 'What a shot today'.
                  Description: What a shot
                  Tags: clips, shots
                  Its slot is 2026-01-15 14:00:00.
                  Nothing goes there now: account:YouTube/main is held until it is mended or `holds release account:YouTube/main`: log in again.
                """
            )
        );
        Assert.That(
            PostWords.Tell(new(item) { Previews = previews }, ChannelClock.Utc),
            Does.Contain("It has no slot yet")
        );
        item.State = ItemState.Failed;
        Assert.That(
            await PostPreview.ReadAsync(read.Content, options, item, StoryDatabase.Noon, CancellationToken.None),
            Is.Empty
        );
    }

    [Test]
    public async Task What_was_left_out_and_how_good_it_is_is_told()
    {
        var id = await _database.AddAsync("clip", i => i.State = ItemState.Publish);
        var rendition = Made(id);
        rendition.Cut = "The first 2.0 s of the recording are left out: black";
        rendition.Quality =
        [
            new(QualityGroup.Visual, "Sharpness", 80, "mean strength of edges 20.0"),
            new(QualityGroup.Content, "Motion", 60, "pictures half a second apart differ by 6.2"),
        ];
        await _database.ChangeAsync(db => db.Renditions.Add(rendition));

        var story = await _database.TellAsync(id, Noon.AddHours(1));

        Assert.That(story, Does.Contain("encoded in 4.2 s. The first 2.0 s of the recording are left out: black. The"));
        Assert.That(
            story,
            Does.Contain("Its quality is 70 of 100 (picture 80, content 60, technique not measured):\n")
        );
        Assert.That(story, Does.Contain("  - sharpness 80: mean strength of edges 20.0."));
    }

    [Test]
    public async Task A_published_item_is_told_from_the_find_to_the_end()
    {
        var id = await _database.AddAsync(
            "match point",
            i => (i.State, i.ChangedAt) = (ItemState.Published, Noon.AddSeconds(20))
        );
        await _database.ChangeAsync(db => db.Decisions.Add(Selected(id)));
        await _database.ChangeAsync(db => db.Attempts.Add(Tried(id, ItemState.Render, AttemptResult.Advanced, null)));
        var rendition = Made(id);
        await _database.ChangeAsync(db => db.Renditions.Add(rendition));
        await _database.ChangeAsync(db => db.Publications.Add(Shipped(id, rendition.Id)));

        var story = await _database.TellAsync(id, Noon.AddHours(1));

        Assert.That(story, Does.StartWith("Item 1, 'match point', is published. Times are in Europe/Berlin."));
        string[] expected =
        [
            "Channel 'inbox' found it at 2026-01-15 13:00:00 in the source Folder:/srv/inbox, as '/srv/inbox/match point.mp4'.",
            "It was recorded at 2026-01-15 10:00:00 and is 5 MiB large. It lasts 12.5 s, shows 1920×1080 px and has sound.",
            "it was selected by the rule Score: number 1 with a score of 0.88. Its score was 0.88",
            "  - freshness 3 h: 0.96 points × weight 1 = 0.96",
            "  - has sound yes: 1.00 points × weight 0.5 = 0.50",
            "  - Rendering began at 2026-01-15 13:00:02, took 4.5 s and was done.",
            "in the layout BlurredBackdrop by libx264: 12.5 s at 60 frames per second, encoded in 4.2 s.",
            "The recording had -21.8 LUFS, silent for 1.5 s of it; its level was changed by +7.8 dB.",
            $"At the gate all 2 checks passed (2 MiB, SHA-256 {Hash}):",
            "  - black frames passed: black for 0.0 s.",
            "It was promised to inbox/Folder at 2026-01-15 13:00:10 under the name 'match point' and arrived at 2026-01-15 13:00:11: "
                + $"'/srv/outbox/match point.mp4', SHA-256 {Hash}.",
            "It ended at 2026-01-15 13:00:20: its Short is at every destination.",
        ];
        foreach (var part in expected)
            Assert.That(story, Does.Contain(part));
    }

    [Test]
    public async Task An_item_under_way_says_what_happens_next_and_why_not_now()
    {
        var id = await _database.AddAsync(
            "slow",
            i =>
            {
                (i.State, i.Tries, i.Waits) = (ItemState.Render, 2, 1);
                (i.NotBefore, i.Reason) = (Noon.AddMinutes(5), "ffmpeg ended with exit code 1");
            }
        );
        await _database.ChangeAsync(db =>
            db.Attempts.Add(Tried(id, ItemState.Render, AttemptResult.Retrying, "ffmpeg ended with exit code 1"))
        );

        var story = await _database.TellAsync(id, Noon);

        Assert.That(
            story,
            Does.Contain("took 4.5 s and went wrong, to be tried again: ffmpeg ended with exit code 1.")
        );
        Assert.That(
            story,
            Does.EndWith(
                "Next comes the stage render, not before 2026-01-15 13:05:00, because: ffmpeg ended with exit code 1. "
                    + "This stage went wrong 2 times and had to wait once so far."
            )
        );
        Assert.That(await _database.TellAsync(id, Noon.AddHours(1)), Does.Contain("as soon as the daemon gets to it"));
    }

    [Test]
    public async Task A_duplicate_points_to_the_first_and_back()
    {
        var first = await _database.AddAsync("first", i => (i.State, i.ContentHash) = (ItemState.Published, "aa"));
        var second = await _database.AddAsync(
            "second",
            i => (i.State, i.ContentHash, i.DuplicateOf) = (ItemState.Rejected, "aa", first)
        );

        Assert.That(
            await _database.TellAsync(second, Noon),
            Does.Contain("It has the same content as item 1, 'first', which was taken first: see `explain 1`.")
        );
        Assert.That(
            await _database.TellAsync(first, Noon),
            Does.Contain("Item 2 had the same content and was rejected as its duplicate.")
        );
    }

    [Test]
    public async Task A_clip_tells_of_its_stream_its_numbers_and_its_twins()
    {
        var best = await _database.AddAsync("what a save", Clipped);
        var twin = await _database.AddAsync(
            "the save",
            i =>
            {
                Clipped(i);
                (i.State, i.DuplicateOf) = (ItemState.Rejected, best);
            }
        );
        var decision = Selected(best);
        decision.Features = [new("Views", 120, "views", 0.52, 1), new("ClippedBy", 3, "viewers", 0.53, 1.5)];
        await _database.ChangeAsync(db => db.Decisions.Add(decision));

        var story = await _database.TellAsync(best, Noon);

        string[] expected =
        [
            "It lasts 29.9 s; its picture and sound are not known before the download. It is a clip of Some_One by Fan while playing "
                + "Chess, 950 s into the recording 2300000001, with 120 views when it was last listed.",
            "  - views 120: 0.52 points × weight 1 = 0.52",
            "  - clipped by 3 viewers: 0.53 points × weight 1.5 = 0.80",
            "Item 2 showed the same moment and was rejected as its duplicate.",
        ];
        foreach (var part in expected)
            Assert.That(story, Does.Contain(part));
        Assert.That(
            await _database.TellAsync(twin, Noon),
            Does.Contain("It shows the same as item 1, 'what a save', which stands for it: see `explain 1`.")
        );
    }

    [Test]
    public async Task A_failed_check_and_a_refused_recording_are_named()
    {
        var failed = await _database.AddAsync(
            "black",
            i => (i.State, i.Reason) = (ItemState.Rejected, "the Short did not pass")
        );
        var rendition = Made(failed);
        rendition.Sha256 = null;
        rendition.Checks =
        [
            new("BlackFramesCheck", false, "black for 9.0 of 9.0 s"),
            new("LoudnessCheck", true, "-14 LUFS"),
        ];
        await _database.ChangeAsync(db => db.Renditions.Add(rendition));
        var refused = await _database.AddAsync(
            "text",
            i => (i.State, i.IsRefused, i.Trouble, i.Facts) = (ItemState.Rejected, true, "it is not a video", null)
        );

        var story = await _database.TellAsync(failed, Noon);
        Assert.That(
            story,
            Does.Contain("At the gate 1 of 2 checks failed:\n  - black frames FAILED: black for 9.0 of 9.0 s.")
        );
        Assert.That(
            story,
            Does.Contain("it was rejected and nothing more happens with it, because: the Short did not pass.")
        );
        Assert.That(
            await _database.TellAsync(refused, Noon),
            Does.Contain("It can never become a Short: it is not a video.")
                .And.Contain("No selection has looked at it yet.")
        );
    }

    [Test]
    public async Task A_name_with_control_characters_stays_on_its_line()
    {
        var id = await _database.AddAsync("a\nb\u001b[31m", _ => { });
        var story = await _database.TellAsync(id, Noon);
        Assert.That(story, Does.StartWith("Item 1, 'a?b?[31m', waits to be selected."));
        Assert.That(story, Does.Not.Contain("\u001b"));
    }

    [TestCase("2", new[] { "demo 2" })]
    [TestCase("DEMO", new[] { "demo" })]
    [TestCase("demo.mp4", new[] { "demo" })]
    [TestCase("/elsewhere/demo.mp4", new[] { "demo" })]
    [TestCase("dem", new[] { "demo 2", "demo" })]
    [TestCase("100%", new[] { "100% real" })]
    [TestCase("%", new[] { "100% real" })]
    [TestCase("inbox", new string[0])]
    [TestCase("99", new string[0])]
    public async Task An_item_is_found_by_number_or_name(string wanted, string[] titles)
    {
        foreach (var title in new[] { "demo", "demo 2", "100% real" })
            await _database.AddAsync(title, _ => { });
        Assert.That(await _database.FindAsync(wanted), Is.EqualTo(titles));
    }

    [Test]
    public async Task The_database_cannot_be_changed_through_it()
    {
        await _database.AddAsync("kept", _ => { });
        await using var database = _database.Open();
        database.Content.Items.RemoveRange(database.Content.Items);
        Assert.That(
            async () => await database.Content.SaveChangesAsync(),
            Throws.Exception.With.InnerException.Message.Contains("readonly")
        );
    }

    private static void Clipped(Item item)
    {
        item.Facts = new ClipFacts(29.9, 0, 0, HasSound: true);
        item.Origin = new ClipOrigin
        {
            BroadcasterId = "1001",
            Broadcaster = "Some_One",
            Creator = "Fan",
            Game = "Chess",
            VideoId = "2300000001",
            VodOffsetSeconds = 950,
            Views = 120,
        };
    }

    private static Decision Selected(ItemId id) =>
        new()
        {
            ItemId = id,
            At = Noon.AddSeconds(1),
            Verdict = Verdict.Selected,
            Score = 0.875,
            Rule = "Score",
            Reason = "number 1 with a score of 0.88",
            Features = [new("Freshness", 3, "h", 0.958, 1), new("HasSound", 1, "yes/no", 1, 0.5)],
        };

    private static Attempt Tried(ItemId id, ItemState stage, AttemptResult result, string? reason) =>
        new()
        {
            ItemId = id,
            Stage = stage,
            StartedAt = Noon.AddSeconds(2),
            EndedAt = Noon.AddSeconds(6.5),
            Result = result,
            Reason = reason,
        };

    private static Rendition Made(ItemId id) =>
        new()
        {
            ItemId = id,
            MadeAt = Noon.AddSeconds(6),
            Layout = "BlurredBackdrop",
            Encoder = "libx264",
            FrameRate = 60,
            LengthSeconds = 12.5,
            EncodeSeconds = 4.2,
            SourceLufs = -21.8,
            SourceSilentSeconds = 1.5,
            GainDb = 7.8,
            Sha256 = Hash,
            SizeBytes = 2 * 1024 * 1024,
            Checks = [new("BlackFramesCheck", true, "black for 0.0 s"), new("LoudnessCheck", true, "-14.0 LUFS")],
        };

    private static Publication Shipped(ItemId id, long rendition) =>
        new()
        {
            ItemId = id,
            RenditionId = rendition,
            Destination = "inbox/Folder",
            ReservedName = "match point",
            RemoteId = "/srv/outbox/match point.mp4",
            Sha256 = Hash,
            IntendedAt = Noon.AddSeconds(10),
            PublishedAt = Noon.AddSeconds(11),
        };
}
