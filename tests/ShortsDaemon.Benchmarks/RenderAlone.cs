using ShortsDaemon.Host.Commands;
using ShortsDaemon.Host.Configuration;
using ShortsDaemon.Media.Filters;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Render;

namespace ShortsDaemon.Benchmarks;

/// <summary>What `clip` does but for its quality control, as a program of its own that can be halted.</summary>
internal static class RenderAlone
{
    public const string Verb = "render-alone";

    public static Task StartAsync(Workbench bench, string source, string layout) =>
        bench.Processes.RequireAsync(
            new ProcessCommand(
                Path.Combine(AppContext.BaseDirectory, "ShortsDaemon.Benchmarks"),
                [Verb, source, layout, bench.Path("alone.mp4"), bench.Path("data")]
            )
            {
                Limits = new ProcessLimits { Time = TimeSpan.FromHours(1) },
            },
            OutputHandlers.None,
            CancellationToken.None
        );

    public static async Task RunAsync(string source, string layout, string video, string data)
    {
        if (LoadedConfiguration.Load(new ConfigurationArguments([], data)) is not { } configuration)
            throw new InvalidOperationException("no configuration");
        await using var services = CommandServices.Build(configuration, toFile: false);
        var work = new ClipWork(services, configuration.Live.Value.Encoding, quiet: true);
        var render = new RenderOptions { Layout = Enum.Parse<LayoutName>(layout) };
        var request = work.Request(source, video, Path.ChangeExtension(video, ".jpg"), render);
        var scratch = Directory.CreateTempSubdirectory("shorts-alone-");
        await work.RenderAsync(source, request, render, scratch.FullName, CancellationToken.None);
        scratch.Delete(recursive: true);
    }
}
