using Microsoft.Data.Sqlite;
using ShortsDaemon.Media;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Tests.Flow;

/// <summary>Lets the planned faults happen at their points.</summary>
internal sealed class FaultScript(IReadOnlyList<PlannedFault> plan, DataFolder data, string? tools)
{
    private readonly Lock _lock = new();
    private int _point;

    /// <summary>The process is dead: whatever it still tries fails.</summary>
    public bool IsDead { get; private set; }

    public bool IsStopped => Life.IsCancellationRequested;

    public CancellationTokenSource Life { get; private set; } = new();

    public void Revive()
    {
        Life.Dispose();
        (IsDead, Life) = (false, new CancellationTokenSource());
    }

    public void AtDatabase() => Pass(item: null, isDatabase: true, mayRefuse: false);

    /// <param name="item">Whose stage begins or has ended.</param>
    /// <param name="mayRefuse">Exceptions that end the item make sense here.</param>
    public void AtStage(ItemId item, bool mayRefuse) => Pass(item, isDatabase: false, mayRefuse);

    private void Pass(ItemId? item, bool isDatabase, bool mayRefuse)
    {
        lock (_lock)
        {
            if (IsDead)
                throw new SqliteException("the process is dead", 10);
            var here = _point++;
            foreach (var fault in plan.Where(f => f.Point == here))
                Happen(fault.Kind, item, isDatabase, mayRefuse);
        }
    }

    private void Happen(FaultKind kind, ItemId? item, bool isDatabase, bool mayRefuse)
    {
        switch (kind)
        {
            case FaultKind.Kill:
                IsDead = true;
                Life.Cancel();
                throw new SqliteException("killed", 10);
            case FaultKind.Stop:
                Life.Cancel();
                return;
            case FaultKind.Transient when !isDatabase && mayRefuse:
                throw new InvalidOperationException("planned: transient");
            case FaultKind.Permanent when !isDatabase && mayRefuse:
                throw new RefusedMediaException("planned: refused");
            case FaultKind.Unavailable when !isDatabase:
                throw new UnavailableException("planned: unavailable");
            case FaultKind.Database
            or FaultKind.Transient
            or FaultKind.Permanent
            or FaultKind.Unavailable when isDatabase:
                throw new SqliteException("planned: disk I/O error", 10);
            default:
                Damage(kind, item);
                return;
        }
    }

    private void Damage(FaultKind kind, ItemId? item)
    {
        if (kind is FaultKind.ToolCrash or FaultKind.ToolRefuse or FaultKind.ToolDiskFull)
        {
            if (tools is not null)
                File.WriteAllText(Path.Combine(tools, "next"), kind + "\n");
            return;
        }
        foreach (var files in item is { } id ? [data.Of(id)] : AllFolders())
            Damage(kind, files);
    }

    private static void Damage(FaultKind kind, WorkFolder files)
    {
        if (kind == FaultKind.LoseFolder)
            files.Delete();
        else if (kind == FaultKind.SpoilVideo && File.Exists(files.Video))
            File.AppendAllText(files.Video, "spoiled");
        else if (PathOf(kind, files) is { } path && File.Exists(path))
            File.Delete(path);
    }

    private static string? PathOf(FaultKind kind, WorkFolder files) =>
        kind switch
        {
            FaultKind.LoseSource => files.Source,
            FaultKind.LoseVideo => files.Video,
            FaultKind.LoseThumbnail => files.Thumbnail,
            _ => null,
        };

    private IEnumerable<WorkFolder> AllFolders() =>
        Directory.Exists(data.Work) ? Directory.EnumerateDirectories(data.Work).Select(f => new WorkFolder(f)) : [];
}
