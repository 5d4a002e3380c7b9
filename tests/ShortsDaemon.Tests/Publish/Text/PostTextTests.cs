using System.Text;
using FsCheck.Fluent;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Publish.Text;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Publish.Text;

internal sealed class PostTextTests
{
    private const string Credit = "Clip of Streamer by Viewer: https://clips.twitch.tv/Abc";

    [Test]
    public void Templates_are_filled_from_the_clip()
    {
        var text = Of(
            new()
            {
                Title = "{title} | {broadcaster}",
                Description = "{title}\n\n\n\n{credit}\n{date} {game} on {channel}\n",
                Tags = ["{game}", "#shorts", "{broadcaster} clips", "{game}", "a,b", "", "{url}"],
            },
            Clip("What a shot")
        );

        Assert.That(text.Title, Is.EqualTo("What a shot | Streamer"));
        Assert.That(text.Description, Is.EqualTo($"What a shot\n\n{Credit}\n2026-03-01 Chess on gaming"));
        Assert.That(text.Tags, Is.EqualTo(["Chess", "shorts", "Streamer clips", "a b", "https://clips.twitch.tv/Abc"]));
        Assert.That(text.Language, Is.EqualTo("de"));
        Assert.That(Of(new() { Language = "en" }, Clip("x")).Language, Is.EqualTo("en"));
    }

    [TestCase("{title}", "x\n\n" + Credit)]
    [TestCase("", Credit)]
    [TestCase("{title}\n{credit}", "x\n" + Credit)]
    [TestCase("{title} {url}", "x https://clips.twitch.tv/Abc")]
    public void The_credit_is_added_when_nothing_else_names_the_clip(string description, string expected) =>
        Assert.That(Of(new() { Description = description }, Clip("x")).Description, Is.EqualTo(expected));

    [Test]
    public void A_credit_in_the_title_or_an_empty_one_is_enough()
    {
        Assert.That(Of(new() { Title = "{credit}", Description = "d" }, Clip("x")).Description, Is.EqualTo("d"));
        Assert.That(Of(new() { Credit = "", Description = "d" }, Clip("x")).Description, Is.EqualTo("d"));
    }

    [Test]
    public void A_plain_recording_credits_nobody()
    {
        var item = Clip("my video");
        item.Origin = null;

        Assert.That(Of(new(), item).Description, Is.EqualTo("my video"));
    }

    [Test]
    public void The_text_gives_way_to_the_credit()
    {
        var description = Of(
            new() { Description = string.Concat(Enumerable.Repeat("wörter ", 2000)) },
            Clip("x")
        ).Description;

        Assert.That(Encoding.UTF8.GetByteCount(description), Is.InRange(4980, 5000));
        Assert.That(description, Does.EndWith($" wörter…\n\n{Credit}"));
    }

    [TestCase("\u200B\u202E \u3164", "Streamer")]
    [TestCase("<>", "Streamer")]
    [TestCase("<b>bold</b>", "b bold /b")]
    [TestCase("line one\nline two", "line one line two")]
    [TestCase("{title} {{url}}", "{title} {{url}}")]
    public void A_title_is_one_clean_line_and_never_empty(string title, string expected) =>
        Assert.That(Of(new(), Clip(title)).Title, Is.EqualTo(expected));

    [Test]
    public void An_empty_title_without_a_streamer_is_the_channel()
    {
        var item = Clip("");
        item.Origin = null;

        Assert.That(Of(new(), item).Title, Is.EqualTo("gaming"));
    }

    [Test]
    public void Tags_that_do_not_fit_are_left_out_and_shorter_ones_still_taken()
    {
        var tags = Of(new() { Tags = [new('a', 300), new('b', 200), "two words", new('c', 185)] }, Clip("x")).Tags;

        Assert.That(tags, Is.EqualTo([new string('a', 300), "two words", new string('c', 185)]));
        Assert.That(TagList.Size(tags), Is.EqualTo(300 + 1 + 11 + 1 + 185));
    }

    [Test]
    public void Whatever_a_clip_is_called_its_text_keeps_the_rules()
    {
        var property = Prop.ForAll(
            NastyText.Any,
            NastyText.Any,
            (title, name) =>
            {
                var item = Clip(title);
                item.Origin = item.Origin! with { Broadcaster = name, Creator = title, Game = name };
                var options = new YouTubeDestinationOptions
                {
                    Title = "{title} {{{broadcaster}}} {game}",
                    Description = "{title}\n{creator}",
                    Tags = ["{title}", "{game}", "{broadcaster} {creator}"],
                };
                Check(PostText.Of(item, options, PostLimits.YouTube));
            }
        );
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000), property);
    }

    private static void Check(PostText text)
    {
        string[] all = [text.Title, .. text.Description.Split('\n'), .. text.Tags];
        Require(text.Title.Length is > 0 and <= 100, $"title of {text.Title.Length}");
        Require(Encoding.UTF8.GetByteCount(text.Description) <= 5000, "description too long");
        Require(TagList.Size(text.Tags) <= 500, "tags too long");
        Require(text.Description.EndsWith("https://clips.twitch.tv/Abc", StringComparison.Ordinal), "no credit");
        Require(text.Tags.All(tag => tag.Length > 0 && !tag.Contains(',') && !tag.Contains('"')), "a bad tag");
        Require(text.Tags.Distinct(StringComparer.OrdinalIgnoreCase).Count() == text.Tags.Count, "a tag twice");
        foreach (var part in all)
        {
            Require(part.EnumerateRunes().All(CleanTextTests.IsAllowed), $"'{part}' has what it must not have");
            Require(!part.AsSpan().ContainsAny('<', '>'), $"'{part}' has an angle bracket");
            Require(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(part)) == part, $"'{part}' has half a pair");
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }

    private static PostText Of(YouTubeDestinationOptions options, Item item) =>
        PostText.Of(item, options, PostLimits.YouTube);

    private static Item Clip(string title) =>
        new()
        {
            Channel = "gaming",
            Source = "TwitchClips:1",
            ExternalId = "Abc",
            Title = title,
            Location = "https://clips.twitch.tv/Abc",
            RecordedAt = new(2026, 3, 1, 23, 30, 0, TimeSpan.Zero),
            Origin = new()
            {
                BroadcasterId = "1",
                Broadcaster = "Streamer",
                Creator = "Viewer",
                Game = "Chess",
                Language = "de",
                Url = "https://clips.twitch.tv/Abc",
            },
        };
}
