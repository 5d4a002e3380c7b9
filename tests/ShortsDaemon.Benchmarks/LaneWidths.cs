namespace ShortsDaemon.Benchmarks;

/// <summary>Items at once as the daemon chooses by itself against one at a time and against two at once.</summary>
internal static class LaneWidths
{
    private const int Items = 6;
    private const double Allowed = 1.03;

    public static async Task RunAsync(Workbench bench)
    {
        var sources = new List<string>();
        for (var i = 0; i < Items; i++)
            sources.Add(await bench.FootageAsync($"clip{i}.mp4", 8, "1280x720", 30));
        foreach (var lanes in new[] { 1, 2 })
        {
            // A name of its own, by which the two are told apart.
            var other = bench.Path($"other-{lanes}");
            File.CreateSymbolicLink(other, DaemonProgram.Path);
            await Workbench.CompareAsync(
                $"{Items} items of 8 s, as many at once as it chooses ÷ {lanes} at once",
                () => DaemonProgram.OnceAsync(bench, bench.Path("chosen"), sources),
                () => DaemonProgram.OnceByAsync(other, bench, bench.Path("fixed"), sources, $"Encoding:Lanes={lanes}"),
                Allowed
            );
        }
    }
}
