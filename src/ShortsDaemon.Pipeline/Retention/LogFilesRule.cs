using System.Text.RegularExpressions;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Own logs beyond Log:Files. The log clears up itself when it begins a new file; this is for the time after an edit.</summary>
internal sealed partial class LogFilesRule(DataFolder data, LiveOptions live, TimeProvider time) : IRetentionRule
{
    public Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        var most = live.Value.Log.Files;
        return Task.FromResult<IReadOnlyList<Leftover>>([
            .. Ours()
                .OrderByDescending(file => file.LastWriteTimeUtc)
                .ThenByDescending(file => file.Name, StringComparer.Ordinal)
                .Skip(most)
                .Where(file => MayGo(file.FullName))
                .Select(file => new Leftover("log", file.FullName, $"the newest {most} are kept", 1, file.Length)
                {
                    RemoveAsync = _ => Task.FromResult(Remove(file.FullName)),
                }),
        ]);
    }

    private IEnumerable<FileInfo> Ours() =>
        Directory.Exists(data.Logs)
            ? new DirectoryInfo(data.Logs)
                .EnumerateFiles()
                .Where(file => Name().IsMatch(file.Name) && file.LinkTarget is null)
            : [];

    private bool MayGo(string path) => OwnFile.MayGo(path, data.Logs, time.GetUtcNow());

    private bool Remove(string path)
    {
        if (!MayGo(path))
            return false;
        File.Delete(path);
        return true;
    }

    [GeneratedRegex(@"^shorts-\d{8}(_\d{3,})?\.log$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
