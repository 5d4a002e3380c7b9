namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Asks Twitch's official download where the landscape file of a clip is at this moment.</summary>
/// <param name="clipId">The clip.</param>
/// <param name="broadcasterId">Whose clip.</param>
/// <param name="account">Account that owns or edits the channel.</param>
/// <param name="cancel">Gives up.</param>
/// <returns>A signed address, good for a minute or so: never kept, never shown; null: there is none for this clip.</returns>
public delegate Task<Uri?> FindClipFile(string clipId, string broadcasterId, string account, CancellationToken cancel);
