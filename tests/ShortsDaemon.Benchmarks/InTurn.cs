using System.Diagnostics;
using System.Globalization;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Benchmarks;

/// <summary>
/// Runs the daemon and another program at once, one of them always halted: they change places every few seconds. A machine whose
/// speed changes from minute to minute meets both alike. On Linux only: elsewhere nobody tells whose child a process is.
/// </summary>
internal static class InTurn
{
    private const int Stop = 19;
    private const int Continue = 18;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <param name="ours">Starts the daemon's program.</param>
    /// <param name="bare">Starts other programs, itself and as often as it likes.</param>
    /// <returns>Seconds that each had for itself.</returns>
    public static async Task<(double Ours, double Bare)> RunAsync(Func<Task> ours, Func<Task> bare)
    {
        Side[] both = [new(true, ours()), new(false, bare())];
        try
        {
            for (var turn = 0; !both.All(side => side.Work.IsCompleted); turn++)
                await RunAsync(both[turn % 2], both[(turn + 1) % 2]);
        }
        finally
        {
            foreach (var side in both)
                side.Signal(Continue);
        }
        await Task.WhenAll(both.Select(side => side.Work));
        return (both[0].Seconds, both[1].Seconds);
    }

    private static async Task RunAsync(Side runs, Side waits)
    {
        if (runs.Work.IsCompleted)
            return;
        var began = Stopwatch.GetTimestamp();
        runs.Signal(Continue);
        while (Stopwatch.GetElapsedTime(began) < Turn && !runs.Work.IsCompleted)
        {
            // Again and again: it may just have started another program.
            waits.Signal(Stop);
            await Task.WhenAny(runs.Work, Task.Delay(Look));
        }
        runs.Seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <param name="isDaemon">Whether the program that this side starts is called as the daemon is; it starts others.</param>
    /// <param name="work">Ends with it.</param>
    private sealed class Side(bool isDaemon, Task work)
    {
        public Task Work => work;
        public double Seconds { get; set; }

        public void Signal(int signal)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && IsOurs(id))
                    Signals.Send(id, signal);
        }

        private bool IsOurs(int id)
        {
            while (ProcessStat.Read(id) is { Parent: > 1 } stat)
            {
                if (stat.Parent == Environment.ProcessId)
                    return NameOf(id) is { } name
                        && name.StartsWith("ShortsDaemon", StringComparison.Ordinal) == isDaemon;
                id = stat.Parent;
            }
            return false;
        }

        private static string? NameOf(int id)
        {
            try
            {
                return File.ReadAllText($"/proc/{id}/comm").TrimEnd();
            }
            catch (IOException)
            {
                return null; // it has ended
            }
        }
    }
}
