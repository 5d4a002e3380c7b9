using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.YouTube;
using ShortsDaemon.Pipeline.Publish.YouTube.Auth;
using ShortsDaemon.Pipeline.Select;
using ShortsDaemon.Pipeline.Sources.TwitchClips;
using ShortsDaemon.World;
using ShortsDaemon.World.Google;
using ShortsDaemon.World.YouTube;

namespace ShortsDaemon.IntegrationTests.World.Month;

/// <summary>The channels of the month, all on one Google project whose uploads do not suffice for all of them.</summary>
internal static class MonthPlan
{
    public static IReadOnlyList<string> Logins(int count) =>
        [.. Enumerable.Range(1, count).Select(i => $"streamer{i}")];

    /// <param name="recorder">Makes the recordings of test Shorts, of which a month would have too many. Null: none are made, and logins are not looked at.</param>
    public static ShortsOptions Options(string root, WorldServer world, int broadcasters, string? recorder = null)
    {
        var logins = Logins(broadcasters);
        var all = Channels();
        var uploads = 3 * all.Length;
        world.YouTube.SetQuota(new QuotaLimits(UploadsPerDay: uploads));
        return new()
        {
            Daemon = new() { DataDirectory = root, CredentialsDirectory = Path.Combine(root, "credentials") },
            Storage = new() { ConnectionString = $"Data Source={Path.Combine(root, "shorts.db")}" },
            Backup = new() { Directory = Directory.CreateDirectory(Path.Combine(root, "backups")).FullName },
            // Nothing is encoded, see QuickStages.
            Tools = new()
            {
                FFmpeg = recorder ?? Path.Combine(root, "no-ffmpeg"),
                FFprobe = Path.Combine(root, "no-ffprobe"),
            },
            Health = recorder is null
                ? new()
                {
                    DiskMinimumMiB = 0,
                    CanarySchedule = "",
                    LoginSchedule = "",
                }
                : new() { DiskMinimumMiB = 0 },
            Twitch = new()
            {
                ApiBaseUrl = world.Settings["Twitch:ApiBaseUrl"],
                AuthBaseUrl = world.Settings["Twitch:AuthBaseUrl"],
                ClientId = world.Settings["Twitch:ClientId"],
                ClientSecret = world.Settings["Twitch:ClientSecret"],
            },
            YouTube = new()
            {
                ApiBaseUrl = world.Settings["YouTube:ApiBaseUrl"],
                AuthUrl = world.Settings["YouTube:AuthUrl"],
                TokenUrl = world.Settings["YouTube:TokenUrl"],
                ClientSecretFile = Path.Combine(root, "credentials", "client_secret.json"),
                StallSeconds = 3600,
                Quota = new() { UploadsPerDay = uploads },
            },
            Channels = all.Select((c, i) => (c, i))
                .ToDictionary(
                    x => x.c.Account,
                    x => x.c.Options(logins.Where((_, n) => n % all.Length == x.i)),
                    StringComparer.OrdinalIgnoreCase
                ),
        };
    }

    public static async Task LogInAsync(ShortsOptions options, WorldServer world)
    {
        var files = new CredentialFiles(new LiveOptions(options));
        Directory.CreateDirectory(options.Daemon.CredentialsDirectory);
        world.YouTube.WriteClientSecret(options.YouTube.ClientSecretFile);
        foreach (var account in options.Channels.Keys)
        {
            world.YouTube.AddAccount(account, $"UC-{account}", account);
            var token = new YouTubeToken
            {
                RefreshToken = world.YouTube.IssueToken(account).RefreshToken,
                IssuedAt = world.Options.Time.GetUtcNow(),
                Scope = string.Join(' ', GoogleScopes.Usual),
                ChannelId = $"UC-{account}",
                ChannelTitle = account,
                ClientId = world.Google.Project.ClientId,
            };
            await token.WriteAsync(files.PathOf("YouTube", account), CancellationToken.None);
        }
    }

    private static Plan[] Channels() =>
        [
            new("berlin", "Europe/Berlin", ["0 7 * * * ?"])
            {
                MaxPerDay = 5,
                Spacing = 60,
                Windows = ["08:00-23:30"],
            },
            new("newyork", "America/New_York", ["0 20 0/2 * * ?"])
            {
                MaxPerDay = 4,
                Spacing = 90,
                Windows = ["12:00-01:00"],
                UploadAhead = true,
            },
            // Its clock changes by half an hour.
            new("howe", "Australia/Lord_Howe", ["0 0/45 * * * ?"])
            {
                MaxPerDay = 6,
                Spacing = 30,
                Misfire = MisfireRule.Skip,
            },
            new("kolkata", "Asia/Kolkata", ["0 15 1/3 * * ?", "0 40 6-22 * * ?"])
            {
                MaxPerDay = 3,
                Spacing = 120,
                Windows = ["06:00-10:00", "17:00-23:00"],
            },
        ];

    private sealed record Plan(string Account, string Zone, string[] Crons)
    {
        public int MaxPerDay { get; init; }
        public double Spacing { get; init; }
        public string[] Windows { get; init; } = [];
        public bool UploadAhead { get; init; }
        public MisfireRule Misfire { get; init; }

        public ChannelOptions Options(IEnumerable<string> logins) =>
            new()
            {
                TimeZone = Zone,
                Schedule = [.. Crons.Select(cron => new ScheduleOptions { Cron = cron, Misfire = Misfire })],
                Sources =
                [
                    .. logins.Select(login => new TwitchClipsSourceOptions { Type = "TwitchClips", Login = login }),
                ],
                Selection = new SelectionOptions { MaxPerRun = 2, MaxWaiting = 4 },
                Destinations =
                [
                    new YouTubeDestinationOptions
                    {
                        Type = "YouTube",
                        Credentials = Account,
                        Privacy = YouTubePrivacy.Public,
                        MaxPerDay = MaxPerDay,
                        MinSpacing = Spacing,
                        Windows = [.. Windows.Select(hours => new PostingWindow { Hours = hours })],
                        UploadAhead = UploadAhead,
                    },
                ],
            };
    }
}
