namespace ShortsDaemon.Benchmarks;

/// <summary>Twenty short items through one `once` against twenty bare encodes back to back.</summary>
internal static class TwentyItems
{
    private const int Items = 20;
    private const int Kinds = 5;
    private const double Allowed = 1.15;

    public static async Task RunAsync(Workbench bench)
    {
        var sources = new List<string>();
        for (var i = 0; i < Items; i++)
            sources.Add(await SourceAsync(bench, i));
        await Workbench.CompareAsync(
            $"{Items} items of 8 s ÷ {Items} bare encodes back to back",
            async () =>
            {
                // The picture that the bare encode makes, too.
                const string Layout = "Channels:inbox:Render:Layout=CentreCrop";
                if (await DaemonProgram.OnceAsync(bench, bench.Path("twenty"), sources, Layout) is not { Count: Items })
                    throw new InvalidOperationException("not every Short was made");
            },
            async () =>
            {
                foreach (var source in sources)
                    await BareEncode.RunAsync(bench, source, 30);
            },
            Allowed
        );
    }

    private static Task<string> SourceAsync(Workbench bench, int number) =>
        bench.FootageAsync($"clip{number}.mp4", 6 + number % Kinds, "1280x720", 30);
}
