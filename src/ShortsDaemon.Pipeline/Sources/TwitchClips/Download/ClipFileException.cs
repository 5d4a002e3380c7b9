namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>
/// The platform works, but it does not give this clip's file. May pass by itself; counts as a failure of the clip, and tells
/// nothing about the platform.
/// </summary>
public sealed class ClipFileException(string message, Exception? inner = null) : Exception(message, inner);
