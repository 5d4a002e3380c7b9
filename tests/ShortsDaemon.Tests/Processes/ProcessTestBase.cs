using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Tests.Processes;

/// <summary>A runner, a scratch folder and what tests need to see which processes are alive.</summary>
internal abstract class ProcessTestBase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected ConcurrentQueue<string> Output { get; private set; } = [];
    protected string Folder { get; private set; } = "";
    protected string OwnerTag { get; private set; } = "";
    protected ProcessRunner Runner { get; private set; } = null!;

    [SetUp]
    public void Prepare()
    {
        Output = [];
        Folder = Directory.CreateTempSubdirectory("processes-").FullName;
        OwnerTag = Folder;
        Runner = new ProcessRunner(TimeProvider.System, OwnerTag);
    }

    [TearDown]
    public void CleanUp()
    {
        foreach (var id in MarkedProcesses.Find(ProcessRunner.OwnerVariable, OwnerTag))
            Signals.Send(id, Signals.Kill);
        Directory.Delete(Folder, recursive: true);
    }

    protected OutputHandlers Collect => new() { OnOutput = Output.Enqueue };

    /// <summary>Collects the output, and acts on the first line that starts with the given text.</summary>
    protected OutputHandlers On(string start, Action act) =>
        new()
        {
            OnOutput = line =>
            {
                Output.Enqueue(line);
                if (line.StartsWith(start, StringComparison.Ordinal))
                    act();
            },
        };

    protected string InFolder(string name) => Path.Combine(Folder, name);

    protected int ChildId =>
        int.Parse(
            Output.Single(line => line.StartsWith("child=", StringComparison.Ordinal))[6..],
            CultureInfo.InvariantCulture
        );

    protected IReadOnlyList<int> Living => MarkedProcesses.Find(ProcessRunner.OwnerVariable, OwnerTag);

    protected static bool IsAlive(int id) => ProcessStat.Read(id) is { State: not ('Z' or 'X') };

    protected static async Task<bool> EventuallyAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(start) < Patience)
            await Task.Delay(10);
        return condition();
    }

    /// <summary>The outcome that counts after every kind of stop: nothing of the run is alive.</summary>
    protected async Task AssertAllGoneAsync() =>
        Assert.That(await EventuallyAsync(() => Living.Count == 0), Is.True, "processes of the run are still alive");
}
