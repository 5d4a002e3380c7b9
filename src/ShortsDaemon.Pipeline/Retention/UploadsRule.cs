using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Uploads of recordings that nobody goes on with, and what is kept of those that have ended.</summary>
internal sealed partial class UploadsRule(DataFolder data, LiveOptions live, TimeProvider time) : IRetentionRule
{
    public Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Leftover>>([
            .. Ours()
                .Where(MayGo)
                .OrderBy(folder => folder.Name, StringComparer.Ordinal)
                .Select(folder => new Leftover(
                    "upload",
                    folder.FullName,
                    $"nobody went on with it for {live.Value.Web.UploadHours} hours",
                    1,
                    folder.EnumerateFiles().Sum(file => file.LinkTarget is null ? file.Length : 0)
                )
                {
                    RemoveAsync = _ => Task.FromResult(Remove(folder)),
                }),
        ]);

    private IEnumerable<DirectoryInfo> Ours() =>
        Directory.Exists(data.Uploads)
            ? new DirectoryInfo(data.Uploads).EnumerateDirectories().Where(folder => Name().IsMatch(folder.Name))
            : [];

    // Every byte that arrives moves the time of its file.
    private bool MayGo(DirectoryInfo folder)
    {
        folder.Refresh();
        if (!folder.Exists || folder.LinkTarget is not null)
            return false;
        var latest = folder
            .EnumerateFiles()
            .Select(file => file.LastWriteTimeUtc)
            .Append(folder.LastWriteTimeUtc)
            .Max();
        return time.GetUtcNow() - new DateTimeOffset(latest) >= TimeSpan.FromHours(live.Value.Web.UploadHours);
    }

    private bool Remove(DirectoryInfo folder)
    {
        if (!MayGo(folder))
            return false;
        folder.Delete(recursive: true);
        return true;
    }

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
