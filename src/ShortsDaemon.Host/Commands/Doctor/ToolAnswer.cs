using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>What a program says about itself.</summary>
internal static class ToolAnswer
{
    private static readonly ProcessLimits Limits = new() { Time = TimeSpan.FromSeconds(20) };

    /// <exception cref="ProcessFailedException">It is missing, hangs or fails.</exception>
    public static async Task<IReadOnlyList<string>> OfAsync(
        Patient patient,
        string program,
        IReadOnlyList<string> question,
        CancellationToken cancel
    )
    {
        List<string> lines = [];
        await patient.Processes.RequireAsync(
            new ProcessCommand(program, question) { Limits = Limits },
            new OutputHandlers { OnOutput = lines.Add },
            cancel
        );
        return lines;
    }
}
