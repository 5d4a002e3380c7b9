namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>The least that has to arrive: a download that is slower stands still for all practical purposes.</summary>
/// <param name="Window">How long this amount may take.</param>
/// <param name="Bytes">The amount.</param>
internal sealed record DownloadPace(TimeSpan Window, long Bytes)
{
    public static DownloadPace Default { get; } = new(TimeSpan.FromSeconds(60), 256 * 1024);

    public override string ToString() =>
        FormattableString.Invariant($"fewer than {Bytes / 1024.0:0.#} KiB arrived in {Window.TotalSeconds:0.#} s");
}
