using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips;

/// <summary>Clips that viewers made of a broadcaster's streams.</summary>
public sealed class TwitchClipsSource(
    HelixClient helix,
    Broadcasters broadcasters,
    GameNames games,
    ClipFetch fetch,
    LiveOptions options,
    TimeProvider time
) : ISource
{
    public const string TypeName = "TwitchClips";

    private readonly WindowTurns _turns = new(time);
    private readonly ClipReader _reader = new(helix);

    public string Type => TypeName;

    public string Identify(SourceOptions options) => $"{TypeName}:{((TwitchClipsSourceOptions)options).Login}";

    public async Task<Listing> ListAsync(SourceOptions options, CancellationToken cancel)
    {
        var source = (TwitchClipsSourceOptions)options;
        var broadcaster = await broadcasters.OfAsync(source.Login, cancel);
        var clips = await ReadAsync(source, broadcaster.Id, cancel);
        var names = await games.OfAsync(
            [.. clips.Select(clip => clip.GameId).Where(id => !string.IsNullOrEmpty(id)).OfType<string>().Distinct()],
            cancel
        );
        return new Listing([.. clips.Select(clip => Found(clip, broadcaster, names))])
        {
            Identity = $"{TypeName}:{broadcaster.Id}",
        };
    }

    public async Task<ClipFacts> DescribeAsync(Item item, CancellationToken cancel) =>
        await FindAsync(item, cancel) is { } clip
            ? FactsOf(clip)
            : throw new FileNotFoundException($"the clip '{item.ExternalId}' was deleted on Twitch");

    public async Task FetchAsync(Item item, string path, CancellationToken cancel)
    {
        try
        {
            await fetch(item, await SourceOfAsync(item, cancel), path, cancel);
        }
        catch (FileNotFoundException e)
        {
            // What Twitch still lists would be found again at once, and again, and again.
            if (await FindAsync(item, cancel) is not null)
                throw new InvalidDataException($"Twitch lists the clip, but its file is not there: {e.Message}", e);
            throw new FileNotFoundException($"the clip '{item.ExternalId}' was deleted on Twitch", e);
        }
    }

    private async Task<IReadOnlyCollection<HelixClip>> ReadAsync(
        TwitchClipsSourceOptions source,
        string broadcasterId,
        CancellationToken cancel
    )
    {
        var windows = ClipWindow.Of(time.GetUtcNow(), TimeSpan.FromHours(source.LookBackHours));
        var clips = new Dictionary<string, HelixClip>(StringComparer.Ordinal);
        var due = _turns.Take(source, windows, TwitchClipsSources.Of(options.Value).Count());
        // The newest last: as long as it is not read, whatever lies behind the last look stays due.
        foreach (var window in due.Reverse())
        {
            await _reader.ReadAsync(broadcasterId, window, clips, cancel);
            _turns.Done(source, window);
        }
        return clips.Values;
    }

    private async Task<HelixClip?> FindAsync(Item item, CancellationToken cancel) =>
        (await helix.ClipsAsync([item.ExternalId], cancel)).FirstOrDefault(clip => clip.Id == item.ExternalId);

    private async Task<TwitchClipsSourceOptions?> SourceOfAsync(Item item, CancellationToken cancel)
    {
        if (!options.Value.Channels.TryGetValue(item.Channel, out var channel))
            return null;
        foreach (var source in channel.Sources.OfType<TwitchClipsSourceOptions>())
            if ((await broadcasters.KnownAsync(source.Login, cancel))?.Id == item.Origin?.BroadcasterId)
                return source;
        return null;
    }

    private static FoundClip Found(HelixClip clip, Broadcaster broadcaster, IReadOnlyDictionary<string, string> games)
    {
        var url = string.IsNullOrEmpty(clip.Url) ? $"https://clips.twitch.tv/{clip.Id}" : clip.Url;
        return new FoundClip(clip.Id, ClipTitle.Of(clip.Title ?? ""), url, clip.CreatedAt, SizeBytes: 0)
        {
            Facts = FactsOf(clip),
            Origin = new ClipOrigin
            {
                BroadcasterId = broadcaster.Id,
                Broadcaster = broadcaster.DisplayName,
                Creator = clip.CreatorName ?? "",
                GameId = clip.GameId ?? "",
                Game = games.GetValueOrDefault(clip.GameId ?? "", ""),
                VideoId = clip.VideoId ?? "",
                VodOffsetSeconds = clip.VodOffset,
                Views = clip.ViewCount,
                // "other" stands for all that Twitch has no name for.
                Language = clip.Language is null or "other" ? "" : clip.Language,
                Url = url,
            },
        };
    }

    // Picture and sound are only known once the file is there.
    private static ClipFacts FactsOf(HelixClip clip) => new(clip.Duration, Width: 0, Height: 0, HasSound: true);
}
