using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>Work folders that were left when their item ended, for instance because of somebody else's rights.</summary>
internal sealed class WorkFoldersRule(IDbContextFactory<ShortsDb> databases, DataFolder data, TimeProvider time)
    : IRetentionRule
{
    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        var found = new List<Leftover>();
        if (!Directory.Exists(data.Work))
            return found;
        foreach (var folder in new DirectoryInfo(data.Work).EnumerateDirectories().OrderBy(f => f.Name))
            if (IdOf(folder) is { } item && await MayGoAsync(folder, item, cancel))
                found.Add(
                    new Leftover(
                        "work folder",
                        folder.FullName,
                        $"item {item} needs it no more",
                        1,
                        Files(folder).OfType<FileInfo>().Sum(file => file.LinkTarget is null ? file.Length : 0)
                    )
                    {
                        RemoveAsync = token => RemoveAsync(folder, item, token),
                    }
                );
        return found;
    }

    private async Task<bool> RemoveAsync(DirectoryInfo folder, ItemId item, CancellationToken cancel)
    {
        folder.Refresh();
        if (!await MayGoAsync(folder, item, cancel))
            return false;
        // Removes links, never what they lead to.
        folder.Delete(recursive: true);
        return true;
    }

    private async Task<bool> MayGoAsync(DirectoryInfo folder, ItemId item, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (
            !folder.Exists
            || folder.LinkTarget is not null
            || !Files(folder).Prepend(folder).All(f => OwnFile.IsOld(f, now))
        )
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var state = await db
            .Items.Where(i => i.Id == item)
            .Select(i => (ItemState?)i.State)
            .SingleOrDefaultAsync(cancel);
        return state?.IsEnd ?? true;
    }

    private static IEnumerable<FileSystemInfo> Files(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos(
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
        );

    private static ItemId? IdOf(DirectoryInfo folder) =>
        long.TryParse(folder.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && new ItemId(id).ToString() == folder.Name
            ? new ItemId(id)
            : null;
}
