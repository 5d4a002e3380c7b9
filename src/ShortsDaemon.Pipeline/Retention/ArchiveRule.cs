using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Retention;

/// <summary>
/// Originals in MoveDoneTo folders. Ours are those whose name, size and time are those of an item that is published; a folder
/// that is a source itself is left alone.
/// </summary>
internal sealed class ArchiveRule(IDbContextFactory<ShortsDb> databases, LiveOptions live, TimeProvider time)
    : IRetentionRule
{
    public async Task<IReadOnlyList<Leftover>> FindAsync(RetentionOptions options, CancellationToken cancel)
    {
        if (!options.Archive.IsLimited)
            return [];
        var sources = live.Value.Channels.SelectMany(c => c.Value.Sources.OfType<FolderSourceOptions>()).ToList();
        var archives = live
            .Value.Channels.SelectMany(c =>
                c.Value.Sources.OfType<FolderSourceOptions>().Select(s => (c.Key, Source: s))
            )
            .Where(a => a.Source.MoveDoneTo.Length > 0 && !sources.Exists(s => IsIn(a.Source.MoveDoneTo, s.Path)));
        var done = new List<Kept>();
        foreach (var (channel, source) in archives)
            done.AddRange(await DoneAsync(channel, source, cancel));
        return
        [
            .. done.DistinctBy(kept => kept.Path)
                .GroupBy(kept => Path.GetDirectoryName(kept.Path)!)
                .SelectMany(folder => Excess.Of(folder, options.Archive, time.GetUtcNow()))
                .Select(old => new Leftover("archive", old.Entry.Path, old.Reason, 1, old.Entry.SizeBytes)
                {
                    RemoveAsync = _ => Task.FromResult(Remove(old.Entry)),
                }),
        ];
    }

    private async Task<List<Kept>> DoneAsync(string channel, FolderSourceOptions source, CancellationToken cancel)
    {
        if (!Directory.Exists(source.MoveDoneTo))
            return [];
        var identity = $"{FolderSource.TypeName}:{source.Path}";
        await using var db = await databases.CreateDbContextAsync(cancel);
        var published = await db
            .Items.AsNoTracking()
            .Where(i => i.Channel == channel && i.Source == identity && i.State == ItemState.Published)
            .Select(i => new Done(i.Id, i.Location, i.ExternalId, i.ChangedAt))
            .ToListAsync(cancel);
        var byStamp = published.ToLookup(item => item.ExternalId[item.ExternalId.LastIndexOf('@')..]);
        return
        [
            .. new DirectoryInfo(source.MoveDoneTo)
                .EnumerateFiles()
                .Where(file => OwnFile.MayGo(file.FullName, source.MoveDoneTo, time.GetUtcNow()))
                .Select(file =>
                    (file, item: byStamp[FolderSource.Stamp(file)].FirstOrDefault(i => i.IsNamed(file.Name)))
                )
                .Where(f => f.item is not null && time.GetUtcNow() - f.item.EndedAt >= OwnFile.Youngest)
                .Select(f => new Kept(f.file.FullName, f.item!.EndedAt, f.file.Length)),
        ];
    }

    private bool Remove(Kept kept)
    {
        if (
            !OwnFile.MayGo(kept.Path, Path.GetDirectoryName(kept.Path)!, time.GetUtcNow())
            || OwnFile.SizeOf(kept.Path) != kept.SizeBytes
        )
            return false;
        File.Delete(kept.Path);
        return true;
    }

    private static bool IsIn(string inner, string outer) =>
        (inner.TrimEnd('/') + "/").StartsWith(outer.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase);

    private sealed record Done(ItemId Id, string Location, string ExternalId, DateTimeOffset EndedAt)
    {
        public bool IsNamed(string name) => DoneFolder.NamesOf(Location, Id).Contains(name);
    }
}
