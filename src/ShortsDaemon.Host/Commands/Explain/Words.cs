namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Numbers and texts inside a sentence.</summary>
internal static class Words
{
    private const double Step = 1024;

    public static string Size(long bytes) =>
        bytes switch
        {
            < (long)Step => $"{bytes} bytes",
            < (long)(Step * Step) => $"{bytes / Step:0.#} KiB",
            < (long)(Step * Step * Step) => $"{bytes / Step / Step:0.#} MiB",
            _ => $"{bytes / Step / Step / Step:0.##} GiB",
        };

    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalMinutes: < 1 } => $"{time.TotalSeconds:0.0} s",
            { TotalHours: < 1 } => $"{(int)time.TotalMinutes} min {time.Seconds} s",
            { TotalDays: < 1 } => $"{(int)time.TotalHours} h {time.Minutes} min",
            _ => $"{(int)time.TotalDays} days {time.Hours} h",
        };

    /// <summary>A reason as the end of a sentence, whether or not it was written as one.</summary>
    public static string Sentence(string reason) =>
        OneLine(reason).TrimEnd() is { Length: > 0 } text && text[^1] is not ('.' or '!' or '?')
            ? text + "."
            : OneLine(reason).TrimEnd();

    /// <summary>File names may hold line breaks and escape sequences; neither may reach the terminal.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>BlackFramesCheck is said "black frames".</summary>
    public static string Plain(string name, string ending)
    {
        var bare = name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
        return string.Concat(
            bare.Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString())
        );
    }
}
