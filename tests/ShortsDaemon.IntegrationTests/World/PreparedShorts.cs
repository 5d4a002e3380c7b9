using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.IntegrationTests.Daemon;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.IntegrationTests.World;

/// <summary>Data directories whose Shorts have passed the gate and wait to be published. Made once, then copied.</summary>
internal static class PreparedShorts
{
    private static readonly SemaphoreSlim Door = new(1);
    private static readonly Dictionary<int, string> Made = [];

    /// <returns>A folder with so many Shorts that are ready; the caller's own.</returns>
    public static async Task<string> CopyAsync(int shorts)
    {
        await Door.WaitAsync();
        try
        {
            if (!Made.TryGetValue(shorts, out var original))
                Made[shorts] = original = await MakeAsync(shorts);
            var copy = Directory.CreateTempSubdirectory("shorts-").FullName;
            Copy(original, copy);
            return copy;
        }
        finally
        {
            Door.Release();
        }
    }

    private static async Task<string> MakeAsync(int shorts)
    {
        var root = Directory.CreateTempSubdirectory("shorts-prepared-").FullName;
        await using var world = await WorldBox.MakeAsync(Directory.CreateDirectory(Path.Combine(root, "box")).FullName);
        var box = world.Box;
        // Publishes nothing and leaves no promise behind.
        box.Config["Daemon"]!["DryRun"] = true;
        box.Channel["Selection"] = new JsonObject { ["MaxWaiting"] = shorts };
        box.Save();
        for (var i = 0; i < shorts; i++)
            await box.DropAsync($"clip {i}.mp4", i);
        await using (var daemon = await box.StartedAsync())
        {
            await Poll.UntilAsync(
                () =>
                    box.Items() is var items
                    && items.Count == shorts
                    && items.All(i => i.State == ItemState.Publish && i.Waits > 0),
                $"{shorts} Shorts that wait to be published",
                60 + 15 * shorts,
                box.Story
            );
            Assert.That(await daemon.StopAsync(), Is.Zero, box.Story());
        }
        await using (var db = box.OpenDatabase(toWrite: true))
            await db.Items.ExecuteUpdateAsync(i => i.SetProperty(x => x.NotBefore, (DateTimeOffset?)null));
        var kept = Path.Combine(Path.GetTempPath(), $"shorts-ready-{Guid.NewGuid():N}");
        Copy(box.Root, kept);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(kept, recursive: true);
        return kept;
    }

    // Neither the logins, which belong to another world, nor the recordings, which would be found once more.
    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var part = Path.GetRelativePath(from, file);
            if (
                part.StartsWith("credentials", StringComparison.Ordinal)
                || part.StartsWith("inbox", StringComparison.Ordinal)
            )
                continue;
            var copy = Path.Combine(to, part);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
