using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

/// <summary>The real program that the tests run in place of mocks; `FakeTool` without arguments prints what it can do.</summary>
internal static class FakeTool
{
    /// <summary>The executable, which the build puts beside the tests.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ShortsDaemon.FakeTool");

    public static ProcessCommand Command(params string[] arguments) =>
        new(Path, arguments) { Limits = new() { Time = TimeSpan.FromSeconds(30) } };
}
