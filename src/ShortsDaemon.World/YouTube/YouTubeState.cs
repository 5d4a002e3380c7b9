using System.Security.Cryptography;

namespace ShortsDaemon.World.YouTube;

/// <summary>All that YouTube knows. What is found here is read and changed inside <see cref="Locked{T}"/>.</summary>
internal sealed class YouTubeState(WorldOptions options)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly Lock _gate = new();
    private readonly List<Channel> _channels = [];
    private readonly List<Video> _videos = [];
    private readonly Dictionary<string, Playlist> _playlists = new(StringComparer.Ordinal);
    private readonly Queue<ProcessingOutcome> _outcomes = new();

    public YouTubeRules Rules { get; } = new();
    public QuotaBook Quota { get; } = new(options.Time);
    public PlannedRefusals Refusals { get; } = new();
    public WireFaults Wire { get; } = new();
    public UploadSessions Sessions { get; } = new(options.Time);
    public TimeProvider Time => options.Time;
    public DateTimeOffset Now => options.Time.GetUtcNow();

    /// <summary>Newest last.</summary>
    public IReadOnlyList<Video> Videos => _videos;

    public string MediaFolder => Path.Combine(options.MediaDirectory, "youtube");

    public static string NewId(int length) => RandomNumberGenerator.GetString(Letters, length);

    public T Locked<T>(Func<T> work)
    {
        lock (_gate)
            return work();
    }

    public void Locked(Action work)
    {
        lock (_gate)
            work();
    }

    public void Add(Channel channel) => Locked(() => _channels.Add(channel));

    public Channel? ChannelOf(string account) => Locked(() => _channels.Find(c => c.Owner == account));

    /// <exception cref="InvalidOperationException">There is no such channel.</exception>
    public Channel Channel(string id) =>
        Locked(() => _channels.Find(c => c.Id == id)) ?? throw new InvalidOperationException($"no channel {id}");

    public Playlist AddPlaylist(Channel channel, string title) =>
        Locked(() =>
        {
            var playlist = new Playlist("PL" + NewId(16), channel, title);
            _playlists.Add(playlist.Id, playlist);
            return playlist;
        });

    public Playlist? FindPlaylist(string id) => Locked(() => _playlists.GetValueOrDefault(id));

    public Channel? OwnerOfUploads(string playlistId) =>
        Locked(() => _channels.Find(c => c.UploadsPlaylist == playlistId));

    /// <returns>One id per entry that shows the video.</returns>
    public IReadOnlyList<string> PlaylistsWith(Video video) =>
        Locked(() =>
            (IReadOnlyList<string>)
                [.. _playlists.Values.SelectMany(p => p.Entries.Where(e => e.Video == video).Select(_ => p.Id))]
        );

    /// <returns>Null: there is none, or it was deleted.</returns>
    public Video? Find(string id) => Locked(() => _videos.Find(v => v.Id == id && v.DeletedAt is null));

    /// <summary>From here on the video exists.</summary>
    public Video Add(Channel channel, StoredFile file, VideoBody body, bool notify) =>
        Locked(() =>
        {
            var now = Now;
            var video = new Video(NewId(11), channel, now, file)
            {
                Snippet = body.Snippet ?? new SnippetBody("unknown"),
                Outcome = Decide(channel, file, now),
                ProcessedAt = now + Rules.ProcessingTime,
                NotifiesSubscribers = notify,
            };
            var status = body.Status ?? new StatusBody();
            video.SetStatus(Rules.ForcedPrivacy is { } forced ? new StatusBody(forced) : status, now);
            _videos.Add(video);
            return video;
        });

    public void Plan(ProcessingOutcome outcome, int times)
    {
        lock (_gate)
            for (var i = 0; i < times; i++)
                _outcomes.Enqueue(outcome);
    }

    private ProcessingOutcome Decide(Channel channel, StoredFile file, DateTimeOffset now)
    {
        if (_outcomes.TryDequeue(out var planned))
            return planned;
        var twin = _videos.Exists(v => v.Channel == channel && v.File.Sha256 == file.Sha256 && v.Counts(now));
        return twin && Rules.RejectsDuplicates ? ProcessingOutcome.Rejects("duplicate") : ProcessingOutcome.Succeeds;
    }
}
