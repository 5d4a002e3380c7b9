using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Thumbnails that were kept for the control room, once the story of their item goes too; and what a killed process left of one.</summary>
internal sealed partial class PreviewsRule(DataFolder data, TimeProvider time) : IRetentionRule
{
    public Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Leftover>>([
            .. Ours()
                .Where(file => MayGo(file.FullName, options))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new Leftover(
                    "preview",
                    file.FullName,
                    $"older than {options.HistoryDays} days",
                    1,
                    file.Length
                )
                {
                    RemoveAsync = _ => Task.FromResult(Remove(file.FullName, options)),
                }),
        ]);

    private IEnumerable<FileInfo> Ours() =>
        Directory.Exists(data.Previews)
            ? new DirectoryInfo(data.Previews).EnumerateFiles().Where(file => Name().IsMatch(file.Name))
            : [];

    private bool MayGo(string path, RetentionOptions options)
    {
        var now = time.GetUtcNow();
        return OwnFile.MayGo(path, data.Previews, now)
            && now - new DateTimeOffset(File.GetLastWriteTimeUtc(path)) > TimeSpan.FromDays(options.HistoryDays);
    }

    private bool Remove(string path, RetentionOptions options)
    {
        if (!MayGo(path, options))
            return false;
        File.Delete(path);
        return true;
    }

    [GeneratedRegex(
        @"^([0-9]+\.jpg|\.[0-9]+\.jpg\.part)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Name();
}
