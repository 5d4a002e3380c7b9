using System.Globalization;
using ShortsDaemon.Media.Processes;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Install;

/// <summary>No service manager, as in a container: the daemon is a process like any other.</summary>
internal sealed class PlainProcess(RunTool run, TimeProvider time) : IService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // The runner kills whatever has not left its group by the time the shell ends.
    private const string Script = """
        output=$1 mark=$2
        shift 2
        rm -f "$mark"
        setsid sh -c 'echo $$ >"$0"; exec "$@"' "$mark" "$@" >>"$output" 2>&1 </dev/null &
        while [ ! -s "$mark" ] && kill -0 $!; do sleep 0.05; done
        cat "$mark"
        rm -f "$mark"
        """;

    public string Words =>
        "It runs as a plain process, without systemd or launchd: nothing starts it again after a crash or with the machine.";

    public string Hint => "the end of service.log in the folder of the installation";

    public Task SetUpAsync(ServiceRun service, CancellationToken cancel) =>
        OperatingSystem.IsLinux()
            ? Task.CompletedTask
            : throw new InstallException("A plain process can be had on Linux only. Leave --no-service away.");

    public async Task StartAsync(ServiceRun service, CancellationToken cancel)
    {
        if (InstanceLock.IsHeld(new DataFolder(service.Data)))
            return;
        var variables = new Dictionary<string, string?>
        {
            // It is not a program of the command that starts it.
            [ProcessRunner.OwnerVariable] = null,
            [ProcessRunner.RunVariable] = null,
        };
        if (service.Runtime is { } runtime)
            variables["DOTNET_ROOT"] = runtime;
        var command = new ProcessCommand(
            "sh",
            ["-c", Script, "sh", service.Root.Output, service.Root.Output + ".up", .. service.Line]
        )
        {
            Environment = variables,
            WorkingDirectory = service.Data,
        };
        var process = int.Parse(await run.RequireAsync(command, cancel), CultureInfo.InvariantCulture);
        await BegunAsync(process, new DataFolder(service.Data), cancel);
    }

    public async Task StopAsync(ServiceRun service, CancellationToken cancel)
    {
        var data = new DataFolder(service.Data);
        // The lock says whether its content means anybody.
        if (!InstanceLock.IsHeld(data))
            return;
        // .NET itself does not read a file that is locked.
        var holder = await run.RequireAsync("cat", [data.Lock], cancel);
        if (int.TryParse(holder, CultureInfo.InvariantCulture, out var process))
            Signals.Send(process, Signals.Terminate);
    }

    public Task RemoveAsync(CancellationToken cancel) => Task.CompletedTask;

    private async Task BegunAsync(int process, DataFolder data, CancellationToken cancel)
    {
        while (!InstanceLock.IsHeld(data))
        {
            if (HasEnded(process))
                throw new InstallException("The program has ended at once.");
            await Task.Delay(Pause, time, cancel);
        }
    }

    // Nobody may be there to ask how it ended; until somebody does it is still listed.
    private static bool HasEnded(int process)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{process}/stat");
            return words[words.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }
}
