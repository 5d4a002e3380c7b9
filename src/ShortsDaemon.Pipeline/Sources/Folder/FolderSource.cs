using System.Globalization;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.Folder;

/// <summary>Recordings that somebody lays into a folder. The original is read, never changed.</summary>
public sealed class FolderSource(MediaProbe probe, TimeProvider time) : ISource
{
    public const string TypeName = "Folder";

    private readonly SettledFiles _settled = new(time);

    public string Type => TypeName;

    public string Identify(SourceOptions options) => $"{TypeName}:{((FolderSourceOptions)options).Path}";

    public Task<Listing> ListAsync(SourceOptions options, CancellationToken cancel)
    {
        var folder = (FolderSourceOptions)options;
        Directory.CreateDirectory(folder.Path);
        var files = FolderFiles.In(folder).ToList();
        var settle = TimeSpan.FromSeconds(folder.SettleSeconds);
        var whole = files.Where(file => _settled.IsWhole(file, settle)).ToList();
        _settled.Forget(folder.Path, files);
        return Task.FromResult(
            new Listing(
                [.. whole.Select(file => Found(folder.Path, file))],
                whole.Count < files.Count ? settle + TimeSpan.FromMilliseconds(100) : null
            )
        );
    }

    public async Task<ClipFacts> DescribeAsync(Item item, CancellationToken cancel)
    {
        if (FolderFiles.IsUnreachable(item.Location))
            throw new RefusedMediaException("its name is not valid UTF-8: rename it");
        return RecordingFacts.Of(await probe.ProbeAsync(item.Location, cancel));
    }

    public async Task FetchAsync(Item item, string path, CancellationToken cancel)
    {
        RequireThere(item);
        await using var original = new FileStream(
            item.Location,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 1 << 17,
            FileOptions.SequentialScan | FileOptions.Asynchronous
        );
        await using var copy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await original.CopyToAsync(copy, 1 << 17, cancel);
        RequireThere(item);
        if (!IsStill(item))
            throw new RefusedMediaException(
                $"'{item.Location}' was replaced or changed after it was found; what is there now is an item of its own"
            );
    }

    public Task ReleaseAsync(Item item, SourceOptions options, CancellationToken cancel)
    {
        var done = ((FolderSourceOptions)options).MoveDoneTo;
        if (done.Length > 0 && IsStill(item))
            DoneFolder.Take(item, done);
        return Task.CompletedTask;
    }

    private static void RequireThere(Item item)
    {
        if (!FolderFiles.Real(new FileInfo(item.Location)).Exists)
            throw new FileNotFoundException($"'{item.Location}' was removed before it could be taken");
    }

    // Size and time are part of the name: a new recording under an old name is a new clip.
    private static FoundClip Found(string root, FileInfo file)
    {
        var real = FolderFiles.Real(file);
        return new FoundClip(
            Path.GetRelativePath(root, file.FullName) + Stamp(real),
            ClipTitle.Of(Path.GetFileNameWithoutExtension(file.Name)),
            file.FullName,
            new DateTimeOffset(real.LastWriteTimeUtc),
            real.Exists ? real.Length : 0
        );
    }

    /// <returns>Whether a file of this name would be taken for a recording.</returns>
    public static bool Takes(string name) => FolderFiles.IsRecording(name);

    internal static string Stamp(FileInfo real) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"@{real.LastWriteTimeUtc.Ticks}-{(real.Exists ? real.Length : 0)}"
        );

    /// <returns>Whether the file at the item's place is the one that was found, not a later one of the same name.</returns>
    public static bool IsStill(Item item)
    {
        var real = FolderFiles.Real(new FileInfo(item.Location));
        return real.Exists && item.ExternalId.EndsWith(Stamp(real), StringComparison.Ordinal);
    }
}
