using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Api;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

namespace ShortsDaemon.Host;

/// <summary>What the YouTube destination is made of.</summary>
internal static class YouTubeSetUp
{
    public static IServiceCollection AddYouTube(this IServiceCollection services) =>
        services
            .AddSingleton<YouTubeHttp>()
            .AddSingleton<YouTubeAccounts>()
            .AddSingleton<NewLogin>()
            .AddSingleton<YouTubeTrouble>()
            .AddSingleton<YouTubeCalls>()
            .AddSingleton<UploadList>()
            .AddSingleton<UploadSearch>()
            .AddSingleton<SessionStart>()
            .AddSingleton<SessionSend>()
            .AddSingleton<YouTubeUploader>()
            .AddSingleton<YouTubeSubtitles>()
            .AddSingleton<YouTubeFinisher>();
}
