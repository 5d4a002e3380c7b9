using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Brings the file of a clip to a path that does not exist yet.</summary>
/// <param name="item">The clip.</param>
/// <param name="source">The source that names its broadcaster now; null: none does any more.</param>
/// <param name="path">Where to.</param>
/// <param name="cancel">Gives up.</param>
/// <exception cref="FileNotFoundException">It cannot be found.</exception>
public delegate Task ClipFetch(Item item, TwitchClipsSourceOptions? source, string path, CancellationToken cancel);
