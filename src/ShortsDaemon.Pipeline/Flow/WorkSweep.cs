using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>Removes work folders that no item needs: left when the daemon was killed between the last commit and the cleaning.</summary>
public sealed class WorkSweep(IDbContextFactory<ShortsDb> databases, DataFolder data, ILogger<WorkSweep> log)
{
    /// <returns>How many folders were removed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(data.Work))
            return 0;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var underWay = await db
            .Items.Where(i => ItemStates.UnderWay.Contains(i.State))
            .Select(i => i.Id)
            .ToHashSetAsync(cancel);
        var removed = 0;
        foreach (var folder in Directory.EnumerateDirectories(data.Work))
        {
            if (IdOf(folder) is not { } id || underWay.Contains(id))
                continue;
            if (TryDelete(folder))
                removed++;
        }
        return removed;
    }

    // A folder that somebody else's rights protect must not keep the daemon from starting.
    private bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning("The work folder '{Folder}' could not be removed: {Reason}", folder, e.Message);
            return false;
        }
    }

    private static ItemId? IdOf(string folder) =>
        long.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? new ItemId(id) : null;
}
