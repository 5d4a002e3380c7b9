using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Alerting;
using ShortsDaemon.Host.Jobs.Maintenance;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Analysis;
using ShortsDaemon.Media.Captions.Fonts;
using ShortsDaemon.Media.Captions.Speech;
using ShortsDaemon.Media.Commands;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Faces;
using ShortsDaemon.Media.Probing;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Media.Sketches;
using ShortsDaemon.Media.Thumbnails;
using ShortsDaemon.Pipeline.Backups;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Discover;
using ShortsDaemon.Pipeline.Disk;
using ShortsDaemon.Pipeline.Download;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Gate;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.AfterRestore;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Publish.Quota;
using ShortsDaemon.Pipeline.Render;
using ShortsDaemon.Pipeline.Render.Transcribers;
using ShortsDaemon.Pipeline.Retention;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Download;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;
using ShortsDaemon.Pipeline.Storage;
using ShortsDaemon.Pipeline.Streaming;

namespace ShortsDaemon.Host;

/// <summary>What the daemon and the commands are made of, without scheduler and web.</summary>
internal static class PipelineSetUp
{
    /// <param name="services">Takes the parts.</param>
    /// <param name="live">The configuration.</param>
    /// <param name="owner">Whose programs these are; null: those of whoever holds the data directory, who stops what is left of them.</param>
    public static IServiceCollection AddPipeline(
        this IServiceCollection services,
        LiveOptions live,
        string? owner = null
    )
    {
        var data = new DataFolder(live.Value.Daemon.DataDirectory);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(live);
        services.AddSingleton(data);
        services.AddMedia(live, data, owner ?? data.Root);
        services.AddDbContextFactory<ShortsDb>(o => o.UseShorts(live.Value.Storage.ConnectionString));
        services.AddSingleton<DatabaseStart>();
        services.AddSingleton(_ => MakeLanes(live));
        services.AddSingleton<FlowEvents>();
        services.AddSingleton<Alerts>();
        services.AddSingleton<Holds>().AddSingleton<ChannelPause>();
        services.AddSingleton<DatabaseDamage>();
        services.AddSingleton<DatabaseUpkeep>();
        services.AddSingleton<CredentialFiles>();
        services.AddSingleton<Breakers>();
        services.AddSingleton<ProviderClients>();
        services.AddTwitch();
        services.AddSingleton<FindClipFile>(s => s.GetRequiredService<HelixClient>().DownloadAsync);
        services.AddSingleton<ClipDownload>();
        services.AddSingleton<ClipFetch>(s => s.GetRequiredService<ClipDownload>().FetchAsync);
        services.AddSingleton<QuotaLedger>();
        services.AddSingleton<PostingSlots>();
        services.AddSingleton<Hurry>().AddSingleton<PublishWishes>();
        services.AddPlugIns();
        services.AddOverlays();
        services.AddDisk().AddRetention().AddBackups();
        services.AddSingleton<Outbox>();
        services.AddSingleton<DiscoverStep>();
        services.AddSingleton<GameTrends>();
        services.AddSingleton<SelectStep>();
        services.AddSingleton<ChannelRun>();
        services.AddSingleton<RealFacts>();
        services.AddStages();
        services.AddSingleton<FindRunning>(RunningPrograms.FirstOf).AddSingleton<OwnStream>();
        services.AddSingleton<StageRunner>();
        services.AddSingleton<ItemTurns>().AddSingleton<ItemWalk>();
        services.AddSingleton<ItemDesk>().AddSingleton<ItemActions>().AddSingleton<ReviewRelease>();
        services.AddSingleton<WorkSweep>();
        return services.AddLogins().AddCanary().AddAlertChannels().AddMaintenance();
    }

    // In walking order.
    private static void AddStages(this IServiceCollection services)
    {
        services.AddSingleton<IStage, DownloadStage>();
        services.AddSingleton<IStage, RenderStage>();
        services.AddSingleton<Previews>().AddSingleton<IStage, GateStage>();
        services.AddSingleton<IStage, PublishStage>();
    }

    private static void AddOverlays(this IServiceCollection services) =>
        services
            .AddSingleton<FontFinder>()
            .AddSingleton<SpeechSound>()
            .AddSingleton<SpeechHttp>()
            .AddSingleton<Transcription>()
            .AddSingleton<OverlayStep>()
            .AddSingleton<MusicStep>();

    private static IServiceCollection AddBackups(this IServiceCollection services) =>
        services
            .AddSingleton<BackupMaker>()
            .AddSingleton<Restoration>()
            .AddSingleton<RestoreLock>()
            .AddSingleton<ReadBack>();

    private static IServiceCollection AddLogins(this IServiceCollection services) =>
        services.AddSingleton<YouTubeLogins>().AddSingleton<TwitchLogins>();

    private static IServiceCollection AddCanary(this IServiceCollection services)
    {
        services.AddSingleton<TestRecording>().AddSingleton<CanaryCage>();
        // The daemon has another way, see JobsSetUp.
        return services.AddSingleton<WalkToEnd>(s =>
            (item, cancel) => s.GetRequiredService<ItemWalk>().WalkAsync(item.Id, cancel)
        );
    }

    // A few recordings wait ready for the encoders; more of them would only fill the disk.
    private static Lanes MakeLanes(LiveOptions live)
    {
        var encode = new Lane(() => live.Value.Encoding.LaneCount);
        var download = new Lane(() => live.Value.Encoding.LaneCount + 2);
        live.Changed += _ => encode.Follow();
        live.Changed += _ => download.Follow();
        return new Lanes(encode, download);
    }

    private static void AddMedia(this IServiceCollection services, LiveOptions live, DataFolder data, string owner)
    {
        Func<ToolPaths> tools = () =>
            new ToolPaths(live.Value.Tools.FFmpeg, live.Value.Tools.FFprobe) { FaceModel = live.Value.Tools.FaceModel };
        services.AddSingleton(tools);
        services.AddSingleton(s => new ProcessRunner(s.GetRequiredService<TimeProvider>(), owner));
        services.AddSingleton<MediaProbe>();
        services.AddSingleton(s => new EncoderSelection(
            s.GetRequiredService<ProcessRunner>(),
            PlugIns.Encoders,
            () => new EncoderPreference(live.Value.Tools.FFmpeg, live.Value.Encoding.Prefer),
            data.EncoderTrials,
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<FaceModel>();
        services.AddSingleton<ShortMaker>();
        services.AddSingleton<FinishedFileMeter>();
        services.AddSingleton<RecordingSound>();
        services.AddSingleton<ShortInspector>();
        services.AddSingleton<RecordingSketcher>();
        services.AddSingleton<ThumbnailFinder>();
        services.AddSingleton<RecordingStudy>();
        services.AddSingleton<KnownPrints>();
        services.AddSingleton<KnownFacecams>();
    }
}
