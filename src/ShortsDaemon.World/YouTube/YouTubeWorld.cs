using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>YouTube: its channels, what was uploaded, and the switches for all that can go wrong.</summary>
public sealed class YouTubeWorld
{
    private readonly GoogleWorld _google;

    internal YouTubeWorld(WorldOptions options, GoogleWorld google) =>
        (_google, State) = (google, new YouTubeState(options));

    /// <summary>How YouTube behaves.</summary>
    public YouTubeRules Rules => State.Rules;

    /// <summary>Every video that came whole, oldest first; deleted and rejected ones too.</summary>
    public IReadOnlyList<YouTubeUpload> Uploads =>
        State.Locked(() =>
            (IReadOnlyList<YouTubeUpload>)
                [.. State.Videos.Select(v => YouTubeUpload.Of(v, State.PlaylistsWith(v), State.Now))]
        );

    internal YouTubeState State { get; }

    /// <summary>Adds a Google user and its channel.</summary>
    /// <param name="account">The user.</param>
    /// <param name="channelId">UC…; null: the user has no channel.</param>
    /// <param name="channelTitle">Shown by channels.list.</param>
    public void AddAccount(string account, string? channelId, string channelTitle = "")
    {
        _google.AddAccount(account);
        if (channelId is not null)
            State.Add(new Channel(channelId, channelTitle.Length > 0 ? channelTitle : account, account));
    }

    /// <summary>As if the user had gone through the consent page.</summary>
    /// <param name="account">Who.</param>
    /// <param name="project">Which project may; null: <see cref="GoogleWorld.Project"/>.</param>
    public TokenPair IssueToken(string account, GoogleProject? project = null) => _google.IssueToken(account, project);

    /// <summary>The user takes back what was allowed: access and refresh tokens die at once.</summary>
    public void Revoke(string account) => _google.Revoke(account);

    /// <summary>Writes the client file of a project, for YouTube:ClientSecretFile.</summary>
    public void WriteClientSecret(string path, GoogleProject? project = null) =>
        _google.WriteClientSecret(path, project);

    /// <returns>The id of the new, empty playlist.</returns>
    public string AddPlaylist(string channelId, string title) => State.AddPlaylist(State.Channel(channelId), title).Id;

    /// <summary>A video that somebody put there by hand.</summary>
    /// <returns>Its id.</returns>
    public string AddVideo(string channelId, string title, string description = "", params IReadOnlyList<string> tags)
    {
        var file = new StoredFile(null, Secrets.Make(""), 0);
        var body = new VideoBody(null, new SnippetBody(title, description, tags, "20"), new StatusBody("public"));
        return State.Add(State.Channel(channelId), file, body, notify: false).Id;
    }

    /// <summary>Captions that did not come through the API.</summary>
    /// <param name="videoId">Of which video.</param>
    /// <param name="language">For instance en.</param>
    /// <param name="kind">asr: YouTube heard them by itself; standard: somebody sent them by hand.</param>
    public void AddCaptions(string videoId, string language, string kind = "asr") =>
        State.Locked(() =>
            (State.Find(videoId) ?? throw new InvalidOperationException($"no video {videoId}")).Captions.Add(
                new YouTubeCaptions(YouTubeState.NewId(20), language, "", kind, "0:00 --> 0:01 words")
            )
        );

    /// <summary>Somebody deletes a video by hand.</summary>
    public void DeleteVideo(string videoId) =>
        State.Locked(() =>
            (State.Find(videoId) ?? throw new InvalidOperationException($"no video {videoId}")).DeletedAt = State.Now
        );

    /// <param name="project">Null: <see cref="GoogleWorld.Project"/>.</param>
    /// <returns>What is used today, by the Pacific zone.</returns>
    public QuotaUse Quota(GoogleProject? project = null) => State.Quota.Use(project ?? _google.Project);

    /// <param name="project">Null: <see cref="GoogleWorld.Project"/>.</param>
    /// <returns>Every day with requests, oldest first.</returns>
    public IReadOnlyList<QuotaUse> QuotaDays(GoogleProject? project = null) =>
        State.Quota.Days(project ?? _google.Project);

    /// <summary>Changes a project's limits from now on.</summary>
    public void SetQuota(QuotaLimits limits, GoogleProject? project = null) =>
        State.Quota.Limit(project ?? _google.Project, limits);

    /// <param name="channelId">UC….</param>
    /// <param name="per24Hours">Videos; null: as many as it likes.</param>
    public void SetChannelCap(string channelId, int? per24Hours) => State.Channel(channelId).Cap = per24Hours;

    /// <summary>False: the channel was never verified by phone, thumbnails are forbidden.</summary>
    public void AllowThumbnails(string channelId, bool allowed) => State.Channel(channelId).MayHaveThumbnails = allowed;

    /// <summary>The next requests of an operation are refused.</summary>
    /// <param name="operation">For instance youtube.upload.start.</param>
    /// <param name="refusal">With what.</param>
    /// <param name="times">How many requests.</param>
    public void Refuse(string operation, ApiRefusal refusal, int times = 1) =>
        State.Refusals.Add(operation, refusal, times);

    /// <summary>Decides how the processing of the next new videos ends.</summary>
    public void PlanOutcome(ProcessingOutcome outcome, int times = 1) => State.Plan(outcome, times);

    /// <summary>What is being processed is done now.</summary>
    public void FinishProcessing() =>
        State.Locked(() =>
        {
            foreach (var video in State.Videos.Where(v => v.ProcessedAt > State.Now))
                video.ProcessedAt = State.Now;
        });

    /// <summary>Every open session is lost.</summary>
    /// <param name="status">404 or 410, answered from then on.</param>
    public void ExpireSessions(int status = 404) => State.Sessions.DropAll(status);

    /// <summary>The connections of the next chunks break in mid-body.</summary>
    /// <param name="afterBytes">Taken of the chunk before; whole steps of 256 KiB of it are stored.</param>
    /// <param name="times">How many chunks.</param>
    public void CutNextChunks(long afterBytes, int times = 1) => State.Wire.Cut(afterBytes, times);

    /// <summary>The video is made, and the connection breaks instead of the answer.</summary>
    public void LoseLastAnswers(int times = 1) => State.Wire.LoseAnswers(times);
}
