using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Import;

/// <summary>What a file of an older tool tells, before anything is kept.</summary>
/// <param name="Table">The file.</param>
/// <param name="Columns">What of it is understood.</param>
/// <param name="Posts">What was posted.</param>
/// <param name="NotPosted">Rows that tell that nothing was posted.</param>
/// <param name="Bad">Rows that tell nothing, with the reason.</param>
public sealed record HistoryImport(
    PastTable Table,
    PastColumns Columns,
    IReadOnlyList<PastPost> Posts,
    int NotPosted,
    IReadOnlyList<BadRow> Bad
)
{
    // A few odd rows are nothing; with many the file is probably not what it was taken for.
    private const int FewBad = 10;
    private const double MostBad = 0.2;

    /// <summary>So much of it is bad that it is refused as a whole.</summary>
    public bool IsRefused => Bad.Count > FewBad && Bad.Count > MostBad * Table.Rows.Count;

    /// <exception cref="PastHistoryException">It is nothing that can be understood.</exception>
    public static HistoryImport Read(string path, DateTimeOffset now)
    {
        var table = PastTable.Read(path);
        var columns = PastColumns.Of(table.Columns);
        if (!columns.IsEnough)
            throw new PastHistoryException(
                $"'{path}' has no column with clip ids, clip addresses or titles; its columns are: "
                    + $"{string.Join(", ", table.Columns)}. Name one clip_id, url or title in the first line."
            );
        var reader = new PastPostReader(columns, table.Columns.Count, now);
        var (posts, bad, notPosted) = (new List<PastPost>(), new List<BadRow>(), 0);
        foreach (var row in table.Rows)
        {
            try
            {
                if (reader.Read(row) is { } post)
                    posts.Add(post);
                else
                    notPosted++;
            }
            catch (FormatException e)
            {
                bad.Add(new BadRow(row.Number, e.Message));
            }
        }
        return new HistoryImport(table, columns, posts, notPosted, bad);
    }

    /// <returns>The posts that the database does not know yet, each once.</returns>
    public async Task<IReadOnlyList<PastPost>> NewAsync(ShortsDb db, CancellationToken cancel)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var post in db.PastPosts.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
            known.Add(MarkOf(post));
        return [.. Posts.Where(post => known.Add(MarkOf(post)))];
    }

    /// <summary>Keeps what is new, all or nothing.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> KeepAsync(ShortsDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var posts = await NewAsync(db, cancel);
        db.PastPosts.AddRange(posts);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return posts.Count;
    }

    /// <summary>What makes two rows one post: the clip; without one the video; without one title and time.</summary>
    public static string MarkOf(PastPost post) =>
        post switch
        {
            { ExternalId: { } clip } => $"clip {clip}",
            { RemoteId: { } video } => $"video {video}",
            _ => $"title {post.TitleKey} {post.PostedAt?.ToUnixTimeSeconds()}",
        };
}

/// <param name="Number">Line of the file, or number of the row in its table.</param>
/// <param name="Reason">What is the matter with it.</param>
public sealed record BadRow(int Number, string Reason);
