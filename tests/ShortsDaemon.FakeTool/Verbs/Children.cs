using System.Diagnostics;

namespace ShortsDaemon.FakeTool.Verbs;

internal static class Children
{
    /// <summary>The child is a plain `sleep`, started so that it inherits the pipes.</summary>
    public static async Task<int> ForkAsync(string after, string way)
    {
        var info = way switch
        {
            "holds" => new ProcessStartInfo("sleep", ["60"]),
            "quiet" => new ProcessStartInfo("sh", ["-c", "exec sleep 60 <&- >&- 2>&-"]),
            "escapes" => new ProcessStartInfo("setsid", ["sleep", "60"]),
            _ => throw new ArgumentException($"unknown way {way}", nameof(way)),
        };
        using var child = Process.Start(info)!;
        Console.WriteLine($"child={child.Id}");
        await Task.Delay(after == "stay" ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(100));
        return 0;
    }
}
