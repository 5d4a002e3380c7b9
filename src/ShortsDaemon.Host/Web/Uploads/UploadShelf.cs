using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>Where uploads lie until they are whole: a folder for each, so that nothing is lost by a restart.</summary>
internal sealed partial class UploadShelf(DataFolder data)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, bool> _held = new(StringComparer.Ordinal);

    /// <summary>Makes room for a new one.</summary>
    /// <param name="upload">What is known of it.</param>
    /// <param name="mostOpen">So many may one visitor have open.</param>
    /// <exception cref="UploadException">The visitor has too many open.</exception>
    public Upload Add(Upload upload, int mostOpen)
    {
        lock (_lock)
        {
            if (All().Count(other => other.IsOpen && other.Visitor == upload.Visitor) >= mostOpen)
                throw new UploadException(
                    StatusCodes.Status429TooManyRequests,
                    $"{mostOpen} uploads are open already.",
                    "Finish or remove one of them first."
                );
            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var added = upload with { Id = id, Folder = FolderOf(id) };
            Directory.CreateDirectory(added.Folder);
            File.Create(added.File).Dispose();
            Save(added);
            return added;
        }
    }

    /// <returns>Null: there is none, or no longer.</returns>
    public Upload? Find(string id) => Id().IsMatch(id) ? Read(FolderOf(id)) : null;

    /// <returns>Those of a channel, newest first, also those that have ended.</returns>
    public IReadOnlyList<Upload> Of(string channel) =>
        [
            .. All()
                .Where(upload => upload.Channel.Equals(channel, StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(upload => upload.CreatedAt),
        ];

    public IReadOnlyList<Upload> All() =>
        Directory.Exists(data.Uploads)
            ? [.. Directory.EnumerateDirectories(data.Uploads).Select(Read).OfType<Upload>()]
            : [];

    /// <summary>Keeps others away from it until disposed.</summary>
    /// <exception cref="UploadException">Somebody else is at it.</exception>
    public IDisposable Hold(Upload upload)
    {
        if (_held.TryAdd(upload.Id, true))
            return new Held(() => _held.TryRemove(upload.Id, out _));
        throw new UploadException(
            StatusCodes.Status423Locked,
            "Another request is at this upload.",
            "Wait until it has ended, or send one request at a time."
        );
    }

    /// <summary>Writes down what is known of it, whole or not at all.</summary>
    public static void Save(Upload upload)
    {
        var path = Path.Combine(upload.Folder, Upload.Info);
        File.WriteAllText(path + ".part", JsonSerializer.Serialize(upload, JsonOutput.Format));
        File.Move(path + ".part", path, overwrite: true);
    }

    public static void Remove(Upload upload) => Directory.Delete(upload.Folder, recursive: true);

    private string FolderOf(string id) => Path.Combine(data.Uploads, id);

    private static Upload? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, Upload.Info));
            var upload = JsonSerializer.Deserialize<Upload>(text, JsonOutput.Format);
            return upload is null ? null : upload with { Id = Path.GetFileName(folder), Folder = folder };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null; // being made or removed at this moment, or of no use to anybody; `prune` takes it in time
        }
    }

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
