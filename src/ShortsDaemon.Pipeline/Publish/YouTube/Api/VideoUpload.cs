using Google.Apis.Services;
using Google.Apis.Upload;
using Google.Apis.Util;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Api;

/// <summary>The upload of one file: videos.insert, resumable.</summary>
internal sealed class VideoUpload : ResumableUpload<VideoResource, VideoResource>
{
    /// <param name="chunkMiB">Bytes of one request, rounded down to the step of 256 KiB that YouTube asks for.</param>
    public VideoUpload(IClientService service, Stream content, double chunkMiB)
        : base(service, "upload/youtube/v3/videos", "POST", content, "video/mp4") =>
        ChunkSize = Math.Max(1, (int)(chunkMiB * (1 << 20) / MinimumChunkSize)) * MinimumChunkSize;

    [RequestParameter("part", RequestParameterType.Query)]
    public string Part { get; } = "snippet,status";

    [RequestParameter("notifySubscribers", RequestParameterType.Query)]
    public bool? NotifySubscribers { get; init; }
}
