namespace ShortsDaemon.Benchmarks;

/// <summary>One item from download to publication, checks included, against the bare encode of the same file.</summary>
internal static class WholeItem
{
    private const double Allowed = 1.30;

    public static async Task RunAsync(Workbench bench)
    {
        var source = await bench.FootageAsync("item.mp4", 30, "1920x1080", 60);
        foreach (var layout in new[] { "BlurredBackdrop", "CentreCrop" })
        {
            await Workbench.CompareAsync(
                $"Whole item, 30 s of 1080p60, {layout} ÷ bare encode",
                async () =>
                    Require(
                        await DaemonProgram.OnceAsync(
                            bench,
                            bench.Path("one"),
                            [source],
                            $"Channels:inbox:Render:Layout={layout}"
                        )
                    ),
                () => BareEncode.RunAsync(bench, source, 60),
                Allowed
            );
        }
    }

    private static void Require(IReadOnlyList<string> shorts)
    {
        if (shorts.Count != 1)
            throw new InvalidOperationException($"{shorts.Count} Shorts were made instead of one");
    }
}
