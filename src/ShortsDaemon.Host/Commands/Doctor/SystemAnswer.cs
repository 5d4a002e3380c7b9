using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>What a program of the system says, if there is one.</summary>
internal static class SystemAnswer
{
    private static readonly ProcessLimits Limits = new() { Time = TimeSpan.FromSeconds(10) };

    /// <returns>Its lines; null: it is not there, or refuses to answer, as systemctl does in a container.</returns>
    public static async Task<IReadOnlyList<string>?> OfAsync(
        Patient patient,
        string program,
        IReadOnlyList<string> question,
        CancellationToken cancel
    )
    {
        if (patient.FindProgram(program) is not { } path)
            return null;
        List<string> lines = [];
        try
        {
            var result = await patient.Processes.RunAsync(
                new ProcessCommand(path, question) { Limits = Limits },
                new OutputHandlers { OnOutput = lines.Add },
                cancel
            );
            return result.Succeeded ? lines : null;
        }
        catch (ProcessFailedException)
        {
            return null; // the caller says that nobody could tell
        }
    }
}
