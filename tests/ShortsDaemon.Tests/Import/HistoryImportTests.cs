using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Import;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Import;

internal sealed class HistoryImportTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void CleanUp() => _folder.Dispose();

    [Test]
    public void A_plain_file_is_understood()
    {
        var import = Csv(
            """
            clip_id,title,youtube_id,posted_at,views
            BraveTinyOtter-Ab_c-1,"Hello, ""world"" again",dQw4w9WgXcQ,2026-01-02 03:04:05,7
            """
        );
        var post = import.Posts.Single();
        Assert.That(post.ExternalId, Is.EqualTo("BraveTinyOtter-Ab_c-1"));
        Assert.That(post.Title, Is.EqualTo("Hello, \"world\" again"));
        Assert.That(post.TitleKey, Is.EqualTo("helloworldagain"));
        Assert.That(post.RemoteId, Is.EqualTo("dQw4w9WgXcQ"));
        Assert.That(post.PostedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        Assert.That(import.Columns.NotUsed, Is.EqualTo(new[] { "views" }));
    }

    [TestCase(
        "\uFEFFClip ID;Title\r\nBraveOtter;a; \r\nBraveOtter2;b\r\n",
        "BraveOtter2",
        Description = "semicolons, BOM, CRLF, a bad row"
    )]
    [TestCase("slug\tname\nBraveOtter2\tHello \"you\" there\n", "BraveOtter2", Description = "tabs, loose quotes")]
    [TestCase("URL\nhttps://clips.twitch.tv/BraveOtter2?x=1\n", "BraveOtter2", Description = "one column, an address")]
    [TestCase(
        "id,link\n17,https://www.twitch.tv/some_one/clip/BraveOtter2\n",
        "BraveOtter2",
        Description = "a number is no clip"
    )]
    [TestCase("id\nBraveTinyOtterPogChamp\n", "BraveTinyOtterPogChamp")]
    [TestCase(
        "clip,title\n\"BraveOtter2\",\"two\nlines\"\n\n",
        "BraveOtter2",
        Description = "a line break in a title, an empty line"
    )]
    public void Odd_files_are_understood(string text, string clip) =>
        Assert.That(Csv(text).Posts.Select(p => p.ExternalId), Is.EqualTo(new[] { clip }));

    [Test]
    public void Bad_rows_are_told_by_their_line()
    {
        var import = Csv(
            """
            clip_id,title,posted_at
            BraveOtter1,"one
            title on two lines",2026-01-02
            ,lol,
            BraveOtter2,too,many,cells
            BraveOtter3,fine,31.31.2026
            BraveOtter4,fine,
            """
        );
        Assert.That(import.Bad.Select(b => b.Number), Is.EqualTo(new[] { 4, 5, 6 }));
        Assert.That(import.Bad[2].Reason, Does.Contain("'31.31.2026' is no time"));
        Assert.That(import.Posts.Select(p => p.ExternalId), Is.EqualTo(new[] { "BraveOtter1", "BraveOtter4" }));
        Assert.That(import.IsRefused, Is.False);
    }

    [TestCase(10, 0, false)]
    [TestCase(11, 33, true)]
    [TestCase(11, 44, false)]
    public void With_many_bad_rows_the_file_is_refused(int bad, int good, bool refused)
    {
        var text = new StringBuilder("clip_id,title\n");
        for (var i = 0; i < bad; i++)
            text.Append(",\n");
        for (var i = 0; i < good; i++)
            text.Append(CultureInfo.InvariantCulture, $"BraveOtter{i},t\n");
        Assert.That(Csv(text.ToString()).IsRefused, Is.EqualTo(refused));
    }

    [Test]
    public void What_was_not_posted_is_left_out()
    {
        var import = Csv("slug,status\nBraveOtter1,posted\nBraveOtter2,failed\nBraveOtter3,\nBraveOtter4,Uploaded\n");
        Assert.That(
            import.Posts.Select(p => p.ExternalId),
            Is.EqualTo(new[] { "BraveOtter1", "BraveOtter3", "BraveOtter4" })
        );
        Assert.That(import.NotPosted, Is.EqualTo(1));
    }

    [TestCase("2300000001", null, Description = "the recording of a stream")]
    [TestCase("12345678901", null)]
    [TestCase("dQw4w9WgXcQ", "dQw4w9WgXcQ")]
    [TestCase("https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ")]
    [TestCase("https://www.youtube.com/shorts/dQw4w9WgXcQ?feature=x", "dQw4w9WgXcQ")]
    [TestCase("https://www.youtube.com/watch?a=b&v=dQw4w9WgXcQ", "dQw4w9WgXcQ")]
    public void Videos(string written, string? id) =>
        Assert.That(Csv($"slug,video_id\nBraveOtter,{written}\n").Posts.Single().RemoteId, Is.EqualTo(id));

    [TestCase("1767323045", "2026-01-02T03:04:05Z")]
    [TestCase("1767323045000", "2026-01-02T03:04:05Z")]
    [TestCase("2026-01-02T04:04:05+01:00", "2026-01-02T03:04:05Z")]
    [TestCase("1", null, Description = "a switch")]
    public void Times(string written, string? time) =>
        Assert.That(
            Csv($"slug,posted\nBraveOtter,{written}\n").Posts.Single().PostedAt,
            Is.EqualTo(time is null ? null : DateTimeOffset.Parse(time, CultureInfo.InvariantCulture))
        );

    [TestCase("", "is empty")]
    [TestCase("views,likes\n1,2\n", "its columns are: views, likes")]
    public void A_file_that_tells_nothing_is_refused_with_what_to_do(string text, string reason) =>
        Assert.That(() => Csv(text), Throws.InstanceOf<PastHistoryException>().With.Message.Contains(reason));

    [Test]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.That(
            () => HistoryImport.Read(_folder["none.csv"], Now),
            Throws.InstanceOf<PastHistoryException>().With.Message.Contains("cannot be read")
        );

    [Test]
    public void Of_a_database_the_table_that_tells_most_is_taken()
    {
        var path = _folder["old.db"];
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                create table settings (name text, value text);
                insert into settings values ('a', 'b');
                create table [posted "clips"] (id integer primary key, clip_id text, title text, youtube_id text, at blob);
                insert into [posted "clips"] values (1, 'BraveOtter', 'A telling title', 'dQw4w9WgXcQ', x'00'), (2, null, null, null, null);
                """;
            command.ExecuteNonQuery();
        }
        var import = HistoryImport.Read(path, Now);
        Assert.That(import.Table.What, Does.Contain("posted \"clips\""));
        Assert.That(import.Posts.Select(p => p.ExternalId), Is.EqualTo(new[] { "BraveOtter" }));
        Assert.That(import.Bad.Select(b => b.Number), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void A_broken_database_is_refused() =>
        Assert.That(
            () => HistoryImport.Read(_folder.Write("old.db", "SQLite format 3\0 and then nothing of the kind"), Now),
            Throws.InstanceOf<PastHistoryException>()
        );

    [Test]
    public async Task It_may_be_repeated()
    {
        using var world = new FlowWorld();
        var first = Csv(
            """
            slug,title,youtube_id,posted_at
            BraveOtter1,one telling title,dQw4w9WgXc1,
            BraveOtter1,one telling title,dQw4w9WgXc2,
            ,another telling title,dQw4w9WgXc3,
            ,a third telling title,,2026-01-02
            """
        );
        Assert.That(await KeepAsync(world, first), Is.EqualTo(3));
        Assert.That(await KeepAsync(world, first), Is.Zero);
        var second = Csv(
            """
            slug,title,youtube_id,posted_at
            ,a third telling title,,2026-01-02
            ,a third telling title,,2026-01-03
            BraveOtter2,,,
            """
        );
        Assert.That(await KeepAsync(world, second), Is.EqualTo(2));
        await using var db = world.Open();
        Assert.That(await db.PastPosts.CountAsync(), Is.EqualTo(5));
    }

    private static async Task<int> KeepAsync(FlowWorld world, HistoryImport import)
    {
        await using var db = world.Open();
        return await import.KeepAsync(db, CancellationToken.None);
    }

    private HistoryImport Csv(string text) => HistoryImport.Read(_folder.Write("old.csv", text), Now);
}
