using System.Text;

namespace ShortsDaemon.Media.Captions.Transcripts;

/// <summary>A transcript that lies beside a recording under its name: talk.mp4 with talk.srt, talk.vtt or talk.json.</summary>
public static class SidecarTranscript
{
    private const long MostBytes = 20 * 1024 * 1024;

    // Those that know the time of each word first.
    private static readonly string[] Endings = [".json", ".vtt", ".srt"];

    /// <param name="recording">Path of the recording.</param>
    /// <returns>Paths of what lies there; best first.</returns>
    public static IReadOnlyList<string> Find(string recording) =>
        [
            .. Endings
                .SelectMany(ending => new[] { Path.ChangeExtension(recording, ending), recording + ending })
                .Where(File.Exists),
        ];

    /// <returns>The first that can be read; null when nothing lies there.</returns>
    /// <exception cref="UnreadableTranscriptException">Something does, and none of it can be read.</exception>
    public static async Task<Transcript?> ReadAsync(string recording, CancellationToken cancel)
    {
        UnreadableTranscriptException? trouble = null;
        foreach (var path in Find(recording))
        {
            try
            {
                return await ReadFileAsync(path, cancel);
            }
            catch (Exception e) when (e is UnreadableTranscriptException or IOException or UnauthorizedAccessException)
            {
                trouble ??= new($"'{path}' cannot be used: {e.Message}", e);
            }
        }
        return trouble is null ? null : throw trouble;
    }

    private static async Task<Transcript> ReadFileAsync(string path, CancellationToken cancel)
    {
        if (new FileInfo(path).Length > MostBytes)
            throw new UnreadableTranscriptException("it is larger than 20 MiB");
        var text = await File.ReadAllTextAsync(path, Encoding.UTF8, cancel);
        return Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase)
            ? TranscriptJson.Read(text)
            : Transcript.Of(SubtitleFile.Read(text));
    }
}
