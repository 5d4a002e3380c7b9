using System.Text;
using Google.Apis.Http;
using Google.Apis.Services;
using Newtonsoft.Json;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>The few calls of the YouTube Data API v3 that are needed, each with its price in quota units beside it.</summary>
internal sealed class YouTubeService(BaseClientService.Initializer initializer) : BaseClientService(initializer)
{
    /// <summary>Longest answer to anything but an upload.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    public const int MostIds = 50;

    private const string Root = "youtube/v3/";

    // The library refuses names with brackets, colons and the like.
    private const string Program = "ShortsDaemon";

    public override string Name => "youtube";
    public override string BaseUri => BaseUriOverride ?? "https://youtube.googleapis.com/";
    public override string BasePath => "";
    public override IList<string> Features => [];

    /// <param name="baseUrl">Where the API is.</param>
    /// <param name="http">Makes the connection, and limits how long a request takes.</param>
    /// <param name="credential">Signs the requests.</param>
    public static YouTubeService At(
        string baseUrl,
        Google.Apis.Http.IHttpClientFactory http,
        IConfigurableHttpClientInitializer credential
    ) =>
        new(
            new Initializer
            {
                ApplicationName = Program,
                BaseUri = baseUrl.EndsWith('/') ? baseUrl : baseUrl + "/",
                HttpClientFactory = http,
                HttpClientInitializer = credential,
                HttpClientTimeout = Timeout.InfiniteTimeSpan,
                // It would repeat a 503 and nothing else; the caller knows better what may be repeated, and when.
                DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
                GZipEnabled = false,
            }
        );

    /// <summary>The channel of the account: 1 unit.</summary>
    public Task<Page<ChannelResource>> MyChannelAsync(CancellationToken cancel) =>
        GetAsync<Page<ChannelResource>>(
            "channels",
            cancel,
            ("part", "id,snippet,contentDetails,status"),
            ("mine", "true")
        );

    /// <summary>What is in a playlist, for the uploads of a channel the newest first: 1 unit.</summary>
    public Task<Page<PlaylistEntry>> EntriesAsync(string playlist, string? pageToken, CancellationToken cancel) =>
        GetAsync<Page<PlaylistEntry>>(
            "playlistItems",
            cancel,
            ("part", "snippet"),
            ("playlistId", playlist),
            ("maxResults", "50"),
            ("pageToken", pageToken)
        );

    /// <summary>Where a video stands in a playlist: 1 unit.</summary>
    public Task<Page<PlaylistEntry>> EntriesOfAsync(string playlist, string video, CancellationToken cancel) =>
        GetAsync<Page<PlaylistEntry>>(
            "playlistItems",
            cancel,
            ("part", "snippet"),
            ("playlistId", playlist),
            ("videoId", video),
            ("maxResults", "50")
        );

    /// <summary>At most 50 videos: 1 unit.</summary>
    public Task<Page<VideoResource>> VideosAsync(string part, IEnumerable<string> ids, CancellationToken cancel) =>
        GetAsync<Page<VideoResource>>("videos", cancel, ("part", part), ("id", string.Join(',', ids)));

    /// <summary>Not idempotent: twice is twice. 50 units.</summary>
    public Task<PlaylistEntry> AddToPlaylistAsync(string playlist, string video, CancellationToken cancel)
    {
        var entry = new PlaylistEntry
        {
            Snippet = new()
            {
                PlaylistId = playlist,
                ResourceId = new() { Kind = "youtube#video", VideoId = video },
            },
        };
        return new YouTubeRequest<PlaylistEntry>(
            this,
            "POST",
            Root + "playlistItems",
            [new("part", "snippet")],
            entry
        ).ExecuteAsync(cancel);
    }

    /// <summary>Sends a picture of at most 2 MB: 50 units.</summary>
    public async Task SetThumbnailAsync(string video, byte[] jpeg, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{BaseUri}upload/youtube/v3/thumbnails/set?videoId={Uri.EscapeDataString(video)}&uploadType=media"
        );
        request.Content = new ByteArrayContent(jpeg);
        request.Content.Headers.ContentType = new("image/jpeg");
        using var response = await HttpClient.SendAsync(request, cancel);
        await RequireSuccessAsync(response);
    }

    /// <summary>The caption tracks of a video: 50 units.</summary>
    public Task<Page<CaptionResource>> CaptionsAsync(string video, CancellationToken cancel) =>
        GetAsync<Page<CaptionResource>>("captions", cancel, ("part", "snippet"), ("videoId", video));

    /// <summary>Adds a caption track; refused when there is one of that language and name: 400 units.</summary>
    /// <param name="about">Video, language and name.</param>
    /// <param name="file">SubRip.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<CaptionResource> AddCaptionsAsync(CaptionResource about, byte[] file, CancellationToken cancel)
    {
        using var words = new StringContent(Serializer.Serialize(about), Encoding.UTF8, "application/json");
        using var media = new ByteArrayContent(file);
        media.Headers.ContentType = new("application/octet-stream");
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{BaseUri}upload/youtube/v3/captions?uploadType=multipart&part=snippet"
        );
        request.Content = new MultipartContent("related") { words, media };
        using var response = await HttpClient.SendAsync(request, cancel);
        await RequireSuccessAsync(response);
        return JsonConvert.DeserializeObject<CaptionResource>(await response.Content.ReadAsStringAsync(cancel))
            ?? throw new JsonException("the answer is empty");
    }

    /// <summary>Asks an upload session how far it is, without sending anything.</summary>
    /// <param name="session">Its address.</param>
    /// <param name="total">Size of the whole file in bytes.</param>
    /// <returns>Status; 200 or 201: it is done, and the video may be told with it.</returns>
    public async Task<(int Status, VideoResource? Video)> AskSessionAsync(
        Uri session,
        long total,
        CancellationToken cancel
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, session);
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation(
            "Content-Range",
            FormattableString.Invariant($"bytes */{total}")
        );
        using var response = await HttpClient.SendAsync(request, cancel);
        if ((int)response.StatusCode is 308 or 404 or 410)
            return ((int)response.StatusCode, null);
        await RequireSuccessAsync(response);
        return ((int)response.StatusCode, VideoIn(await response.Content.ReadAsStringAsync(cancel)));
    }

    /// <summary>Gives an upload session up, as far as YouTube listens: one that is not known any more is given up, too.</summary>
    public async Task DropSessionAsync(Uri session, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, session);
        using var response = await HttpClient.SendAsync(request, cancel);
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancel, params (string Name, string? Value)[] query) =>
        new YouTubeRequest<T>(
            this,
            "GET",
            Root + path,
            [.. query.Where(q => q.Value is not null).Select(q => KeyValuePair.Create(q.Name, q.Value!))],
            null
        ).ExecuteAsync(cancel);

    // It is done, whatever is written there.
    private static VideoResource? VideoIn(string answer)
    {
        try
        {
            return JsonConvert.DeserializeObject<VideoResource>(answer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task RequireSuccessAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var text = await response.Content.ReadAsStringAsync();
        throw new Google.GoogleApiException(Name)
        {
            HttpStatusCode = response.StatusCode,
            Error = RefusalBody.Read(text),
        };
    }
}
