using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Canary;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Jobs.Maintenance;

/// <summary>Brings an item as far as it goes: in the daemon by the queue of all items, in a command by itself.</summary>
internal delegate Task WalkToEnd(Item item, CancellationToken cancel);

/// <summary>Makes a tiny Short by the same database, queue, stages, ffmpeg and disk as every other, and clears it away.</summary>
internal sealed class CanaryMaintenance(
    CanaryCage cage,
    WalkToEnd walk,
    IDbContextFactory<ShortsDb> databases,
    TimeProvider time
) : IMaintenance
{
    public const string JobName = "canary";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public string Name => JobName;
    public bool RunsAtStart => true;

    public string ScheduleIn(ShortsOptions options) => options.Health.CanarySchedule;

    public async Task<string> RunAsync(CancellationToken cancel)
    {
        await cage.ClearAsync(cancel);
        try
        {
            var (began, at) = (time.GetTimestamp(), time.GetUtcNow());
            await WalkAsync(await cage.LayAsync(cancel), cancel);
            return await JudgeAsync(time.GetElapsedTime(began), at, cancel);
        }
        catch (Exception e) when (e is ProcessFailedException or ToolMissingException)
        {
            throw new MaintenanceException($"ffmpeg cannot even make a test recording: {e.Message} See `doctor`.", e);
        }
        finally
        {
            await cage.ClearAsync(CancellationToken.None);
        }
    }

    private async Task WalkAsync(Item item, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await walk(item, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Judged by how far it has come.
        }
    }

    private async Task<string> JudgeAsync(TimeSpan took, DateTimeOffset began, CancellationToken cancel)
    {
        var item = await cage.ReadAsync(cancel);
        if (item?.State == ItemState.Published && cage.PublishedBytes() is { } bytes)
            return Text(
                $"A test Short of {bytes / 1024} KiB was made, checked, laid down and cleared away in {took.TotalSeconds:0.0} s."
            );
        // Never told to wait: it has had no turn.
        if (item is { State.IsEnd: false, Reason: null } && await HasMovedAsync(began, cancel))
            return "The test Short has had no turn, because other Shorts are being made.";
        throw new MaintenanceException(
            $"A test Short could not be made: {Where(item)}. Other Shorts will fare no better. Run `doctor`, and read the log."
        );
    }

    private async Task<bool> HasMovedAsync(DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Attempts.AnyAsync(
            a => a.ItemId != CanaryItem.Id && a.Result == AttemptResult.Advanced && a.EndedAt >= since,
            cancel
        );
    }

    private static string Where(Item? item) =>
        item switch
        {
            null => "its row is gone",
            { State: ItemState.Published } => "it counts as published, but is not there",
            { Reason: { } reason } => $"it stands at {item.State}: {reason.TrimEnd('.')}",
            _ => Text($"it stood at {item.State} for {Limit.TotalMinutes:0} min"),
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
