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

    /// <returns>The URL of the first input in ffmpeg's arguments; empty when there is none.</returns>
    public static string UrlIn(IReadOnlyList<string> arguments) =>
        arguments.SkipWhile(a => a != "-i").Skip(1).FirstOrDefault("");

    public static string Url(string path) => "file:" + Path.GetFullPath(path);
}
