using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Folder;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Pipeline.Sources;
using ShortsDaemon.Pipeline.Sources.Folder;
using ShortsDaemon.Pipeline.Sources.TwitchClips;

namespace ShortsDaemon.Host;

/// <summary>Every source, destination, receiver of alerts and recogniser of speech has its line here; encoders have theirs in PlatformEncoders.</summary>
internal static class PlugIns
{
    private static readonly PlugIn<ISource>[] Sources =
    [
        new(FolderSource.TypeName, typeof(FolderSourceOptions), typeof(FolderSource)),
        new(TwitchClipsSource.TypeName, typeof(TwitchClipsSourceOptions), typeof(TwitchClipsSource)),
    ];

    private static readonly PlugIn<IPublisher>[] Destinations =
    [
        new(FolderPublisher.TypeName, typeof(FolderDestinationOptions), typeof(FolderPublisher)),
        new(YouTubePublisher.TypeName, typeof(YouTubeDestinationOptions), typeof(YouTubePublisher)),
    ];

    private static readonly PlugIn<IAlertChannel>[] Receivers =
    [
        new(Telegram.TypeName, typeof(TelegramReceiverOptions), typeof(Telegram)),
        new(Discord.TypeName, typeof(DiscordReceiverOptions), typeof(Discord)),
        new(Slack.TypeName, typeof(SlackReceiverOptions), typeof(Slack)),
        new(Ntfy.TypeName, typeof(NtfyReceiverOptions), typeof(Ntfy)),
        new(Webhook.TypeName, typeof(WebhookReceiverOptions), typeof(Webhook)),
        new(CommandChannel.TypeName, typeof(CommandReceiverOptions), typeof(CommandChannel)),
    ];

    private static readonly Type[] Transcribers =
    [
        typeof(WhisperTranscriber),
        typeof(OpenAiTranscriber),
        typeof(DeepgramTranscriber),
    ];

    /// <summary>Which options class a Type in the configuration stands for.</summary>
    public static PlugInOptions Options { get; } =
        new(
            Sources.ToDictionary(p => p.Type, p => p.Options),
            Destinations.ToDictionary(p => p.Type, p => p.Options),
            Receivers.ToDictionary(p => p.Type, p => p.Options)
        );

    /// <summary>Encoders in this platform's order of preference.</summary>
    public static IReadOnlyList<VideoEncoder> Encoders => PlatformEncoders.InOrder();

    public static IServiceCollection AddPlugIns(this IServiceCollection services)
    {
        foreach (var source in Sources)
            services.AddSingleton(typeof(ISource), source.Implementation);
        foreach (var destination in Destinations)
            services.AddSingleton(typeof(IPublisher), destination.Implementation);
        foreach (var receiver in Receivers)
            services.AddSingleton(typeof(IAlertChannel), receiver.Implementation);
        foreach (var transcriber in Transcribers)
            services.AddSingleton(typeof(ITranscriber), transcriber);
        return services.AddYouTube().AddSingleton<SourceCatalog>().AddSingleton<PublisherCatalog>();
    }

    private sealed record PlugIn<T>(string Type, Type Options, Type Implementation);
}
