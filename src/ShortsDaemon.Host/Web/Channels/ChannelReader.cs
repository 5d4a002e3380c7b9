using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Host.Logins;
using ShortsDaemon.Host.Web.Uploads;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Publish;
using ShortsDaemon.Pipeline.Publish.Posting;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Web.Channels;

/// <summary>Puts together what the Channels pages and their API show.</summary>
internal sealed class ChannelReader(
    IDbContextFactory<ShortsDb> databases,
    KeptLogins logins,
    UploadShelf uploads,
    LiveOptions live,
    TimeProvider time
)
{
    private const int FewRuns = 10;
    private const int NextTimes = 3;

    public async Task<ChannelList> ListAsync(CancellationToken cancel)
    {
        var (now, options) = (time.GetUtcNow(), live.Value);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var paused = await ChannelPause.AllAsync(db, now, cancel);
        var lines = new List<ChannelLine>();
        foreach (var name in await NamesAsync(db, options, cancel))
            lines.Add(await LineAsync(db, options, name, paused.GetValueOrDefault(name), now, cancel));
        return new ChannelList(now, lines, ConfigurationTrouble.Of(live));
    }

    /// <returns>The name as it is spelt, whatever the case of its letters; null: there never was such a channel.</returns>
    public async Task<string?> FindAsync(string wanted, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var names = await NamesAsync(db, live.Value, cancel);
        return names.FirstOrDefault(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>Null: there never was such a channel.</returns>
    public async Task<ChannelReading?> ReadAsync(string wanted, CancellationToken cancel)
    {
        if (await FindAsync(wanted, cancel) is not { } name)
            return null;
        var (now, options) = (time.GetUtcNow(), live.Value);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var pause = (await ChannelPause.AllAsync(db, now, cancel)).GetValueOrDefault(name);
        var numbers = new ChannelNumbers(db, name);
        var reading = new ChannelReading(now, await LineAsync(db, options, name, pause, now, cancel))
        {
            Backlog = await numbers.BacklogAsync(cancel),
            Stages = await numbers.StagesAsync(cancel),
            Results = await numbers.ResultsAsync(now, cancel),
            Runs = Clean(await numbers.RunsAsync(FewRuns, cancel)),
            Trouble = ConfigurationTrouble.Of(live),
            WhyNoUpload = UploadInbox.WhyNot(options, name),
            Uploads = uploads.Of(name),
        };
        if (!options.Channels.TryGetValue(name, out var settings))
            return reading;
        return reading with
        {
            Plan = ChannelPlan.Of(name, settings, now, NextTimes),
            Destinations = await DestinationsAsync(db, options, name, settings, now, cancel),
            Logins = await logins.OfAsync(settings, cancel),
            Settings = EffectiveSettings.Of(settings, $"{nameof(ShortsOptions.Channels)}:{name}", live.Origin?.Layers),
        };
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(
        ShortsDb db,
        ShortsOptions options,
        CancellationToken cancel
    )
    {
        var known = await db
            .Channels.AsNoTracking()
            .Where(c => c.Name != CanaryItem.Channel)
            .Select(c => c.Name)
            .OrderBy(name => name)
            .ToListAsync(cancel);
        return [.. options.Channels.Keys, .. known.Except(options.Channels.Keys, StringComparer.OrdinalIgnoreCase)];
    }

    private static async Task<ChannelLine> LineAsync(
        ShortsDb db,
        ShortsOptions options,
        string name,
        Hold? pause,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var settings = options.Channels.GetValueOrDefault(name);
        var standing = settings switch
        {
            null => ChannelStanding.Left,
            { Enabled: false } => ChannelStanding.Off,
            _ => pause is null ? ChannelStanding.Works : ChannelStanding.Paused,
        };
        var numbers = new ChannelNumbers(db, name);
        return new ChannelLine(name, standing)
        {
            Pause = pause,
            Next = standing == ChannelStanding.Works ? NextOf(name, settings!, now) : null,
            Candidates = await numbers.CandidatesAsync(cancel),
            UnderWay = (await numbers.StagesAsync(cancel)).Sum(stage => stage.Count),
            Last = Clean(await numbers.RunsAsync(1, cancel)) is [var last, ..] ? last : null,
        };
    }

    private static DateTimeOffset? NextOf(string name, ChannelOptions settings, DateTimeOffset now) =>
        ChannelPlan
            .Of(name, settings, now, 1)
            .Schedules.SelectMany(schedule => schedule.Times)
            .Select(at => (DateTimeOffset?)at)
            .Min();

    private static async Task<IReadOnlyList<DestinationLine>> DestinationsAsync(
        ShortsDb db,
        ShortsOptions options,
        string name,
        ChannelOptions settings,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var lines = new List<DestinationLine>();
        foreach (var destination in settings.Destinations)
        {
            PostingStanding? standing = null;
            if (destination is PostingOptions posting)
                standing = await PostingStanding.ReadAsync(
                    db,
                    options,
                    PostingPlace.Of(options, name, settings, posting),
                    now,
                    cancel
                );
            foreach (var hold in standing?.Holds ?? [])
                hold.Reason = SecretFree.Text(hold.Reason);
            lines.Add(new DestinationLine(destination.NameIn(name), destination.Type, standing));
        }
        return lines;
    }

    private static IReadOnlyList<Run> Clean(IReadOnlyList<Run> runs)
    {
        foreach (var run in runs)
            run.Problem = SecretFree.Text(run.Problem);
        return runs;
    }
}
