namespace ShortsDaemon.Media.Commands;

/// <summary>Opens a file so that nothing but that one file is ever read.</summary>
internal static class InputArguments
{
    // Containers of recordings. A playlist or subtitle file named .mp4 would otherwise make ffmpeg open what it names;
    // sound-only containers are let in so that the refusal can say "no picture".
    private const string Formats = "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,mxf,wav,mp3,flac,aac";

    public static IReadOnlyList<string> Restrictions { get; } =
    ["-protocol_whitelist", "file", "-format_whitelist", Formats];

    /// <returns>Restrictions, -i and the file as a URL, so that no name is taken for an option, pattern or protocol.</returns>
    public static IReadOnlyList<string> For(string path) => [.. Restrictions, "-i", Url(path)];

    /// <param name="count">Threads of decoders and filters; 0: as many as ffmpeg likes.</param>
    /// <returns>Stands in front of the first input.</returns>
    public static IReadOnlyList<string> Threads(int count) =>
        count > 0 ? [.. (string[])["-filter_complex_threads", $"{count}"], .. (string[])["-threads", $"{count}"]] : [];

    /// <returns>The URL of the first input in ffmpeg's arguments; empty when there is none.</returns>
    public static string UrlIn(IReadOnlyList<string> arguments) =>
        arguments.SkipWhile(a => a != "-i").Skip(1).FirstOrDefault("");

    public static string Url(string path) => "file:" + Path.GetFullPath(path);
}
