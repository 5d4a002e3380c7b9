using System.Diagnostics;
using NUnit.Framework;

namespace ShortsDaemon.IntegrationTests.Daemon;

/// <summary>Looks again and again until something is so, with a deadline.</summary>
internal static class Poll
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task UntilAsync(Func<bool> isSo, string what, double seconds, Func<string>? story = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(started).TotalSeconds > seconds)
                throw new AssertionException($"waited {seconds} s for {what}\n{story?.Invoke()}");
            await Task.Delay(Pause);
        }
    }
}
