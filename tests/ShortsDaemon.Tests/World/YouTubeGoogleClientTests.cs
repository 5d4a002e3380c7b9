using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Flows;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;
using Google.Apis.Services;
using Google.Apis.Upload;
using Google.Apis.Util;
using Newtonsoft.Json;
using NUnit.Framework;
using ShortsDaemon.World.YouTube;
using static ShortsDaemon.Tests.World.YouTubeSandbox;

namespace ShortsDaemon.Tests.World;

/// <summary>Google's own client library finds the world good enough.</summary>
internal sealed class YouTubeGoogleClientTests : YouTubeTestBase
{
    [Test]
    public async Task Uploads_with_an_expired_token_in_chunks_through_a_cut_connection()
    {
        Sandbox.Google.ExpireAccessTokens("main");
        Sandbox.YouTube.CutNextChunks(afterBytes: 1000);
        var whole = Bytes(Step * 3 + 99);
        var upload = Upload(whole);
        var progress = await upload.UploadAsync();
        Assert.That(progress.Status, Is.EqualTo(UploadStatus.Completed), progress.Exception?.ToString());
        var video = Sandbox.YouTube.Uploads.Single();
        Assert.That((upload.ResponseBody.Id, video.Sha256), Is.EqualTo((video.VideoId, Hash(whole))));
        Assert.That(Sandbox.World.Calls.Of("google.token"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Finds_the_video_again_when_the_answer_to_the_last_chunk_was_lost()
    {
        Sandbox.YouTube.LoseLastAnswers();
        var upload = Upload(Bytes(Step + 1));
        Assert.That((await upload.UploadAsync()).Status, Is.EqualTo(UploadStatus.Completed));
        Assert.That(upload.ResponseBody.Id, Is.EqualTo(Sandbox.YouTube.Uploads.Single().VideoId));
    }

    [Test]
    public async Task Goes_on_with_the_session_in_another_process()
    {
        Sandbox.YouTube.Refuse("youtube.upload.chunk", ApiRefusal.Forbidden);
        var whole = Bytes(Step + 1);
        var first = Upload(whole);
        Uri? session = null;
        first.UploadSessionData += data => session = data.UploadUri;
        Assert.That((await first.UploadAsync()).Status, Is.EqualTo(UploadStatus.Failed));
        var second = Upload(whole);
        Assert.That((await second.ResumeAsync(session!)).Status, Is.EqualTo(UploadStatus.Completed));
        Assert.That(Sandbox.World.Calls.Of("youtube.upload.start"), Has.Count.EqualTo(1));
        Assert.That(Sandbox.YouTube.Uploads.Single().Sha256, Is.EqualTo(Hash(whole)));
    }

    [Test]
    public async Task Reads_the_reason_of_a_refusal()
    {
        Sandbox.YouTube.SetChannelCap(ChannelId, 0);
        var progress = await Upload(Bytes(10)).UploadAsync();
        var error = ((Google.GoogleApiException)progress.Exception).Error;
        Assert.That((error.Code, error.Errors[0].Reason), Is.EqualTo((400, "uploadLimitExceeded")));
    }

    [Test]
    public async Task Reads_the_client_file()
    {
        Sandbox.YouTube.WriteClientSecret(Sandbox["client.json"]);
        var secrets = await GoogleClientSecrets.FromFileAsync(Sandbox["client.json"]);
        Assert.That(secrets.Secrets.ClientId, Is.EqualTo(Sandbox.Google.Project.ClientId));
        Assert.That(File.GetUnixFileMode(Sandbox["client.json"]), Is.EqualTo((UnixFileMode)0b110_000_000));
    }

    [Test]
    public async Task Sets_a_thumbnail_through_a_session()
    {
        var id = await Sandbox.UploadAsync();
        Sandbox.YouTube.FinishProcessing();
        byte[] png = [0x89, 0x50, 0x4E, 0x47, .. Bytes(500)];
        var upload = new ThumbnailUpload(Connect(), new MemoryStream(png)) { VideoId = id };
        var progress = await upload.UploadAsync();
        Assert.That(progress.Status, Is.EqualTo(UploadStatus.Completed), progress.Exception?.ToString());
        Assert.That(Sandbox.YouTube.Uploads.Single().ThumbnailSha256, Is.EqualTo(Hash(png)));
    }

    private VideoUpload Upload(byte[] whole) =>
        new(Connect(), new MemoryStream(whole)) { ChunkSize = Step, Body = new VideoDto() };

    private Service Connect()
    {
        var address = Sandbox.World.Address;
        var flow = new AuthorizationCodeFlow(
            new AuthorizationCodeFlow.Initializer($"{address}google/auth", $"{address}google/token")
            {
                ClientSecrets = new()
                {
                    ClientId = Sandbox.Google.Project.ClientId,
                    ClientSecret = Sandbox.Google.Project.ClientSecret,
                },
            }
        );
        var token = new TokenResponse
        {
            AccessToken = Sandbox.Token,
            RefreshToken = Sandbox.RefreshToken,
            ExpiresInSeconds = 3600,
            IssuedUtc = DateTime.UtcNow,
        };
        return new Service(
            new BaseClientService.Initializer
            {
                HttpClientInitializer = new UserCredential(flow, "main", token),
                ApplicationName = "ShortsDaemon",
                BaseUri = address.ToString(),
            }
        );
    }

    private sealed class Service(BaseClientService.Initializer initializer) : BaseClientService(initializer)
    {
        public override string Name => "youtube";
        public override string BaseUri => BaseUriOverride;
        public override string BasePath => "";
        public override IList<string> Features => [];
    }

    private sealed class VideoUpload(IClientService service, Stream content)
        : ResumableUpload<VideoDto, VideoDto>(
            service,
            "resumable/upload/youtube/v3/videos",
            HttpConsts.Post,
            content,
            "video/mp4"
        )
    {
        [RequestParameter("part", RequestParameterType.Query)]
        public Repeatable<string> Part { get; } = new(["snippet", "status"]);
    }

    private sealed class ThumbnailUpload(IClientService service, Stream content)
        : ResumableUpload<string, object>(
            service,
            "resumable/upload/youtube/v3/thumbnails/set",
            HttpConsts.Post,
            content,
            "image/png"
        )
    {
        [RequestParameter("videoId", RequestParameterType.Query)]
        public string VideoId { get; init; } = "";
    }

    private sealed class VideoDto
    {
        [JsonProperty("id")]
        public string? Id { get; set; }

        [JsonProperty("snippet")]
        public object Snippet { get; set; } = new { title = "By Google's client", categoryId = "20" };

        [JsonProperty("status")]
        public object Status { get; set; } = new { privacyStatus = "private" };
    }
}
