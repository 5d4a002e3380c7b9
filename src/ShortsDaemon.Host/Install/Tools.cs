using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Host.Install;

/// <summary>Runs a program of the system, or of a release, to its end.</summary>
internal delegate Task<ToolResult> RunTool(ProcessCommand command, CancellationToken cancel);

/// <param name="ExitCode">0: done.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">The last lines of standard error.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);

internal static class Tools
{
    // A start waits for the migration of a large database.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    public static RunTool With(ProcessRunner processes) =>
        async (command, cancel) =>
        {
            List<string> output = [];
            var bounded = command with { Limits = new() { Time = Limit } };
            var result = await processes.RunAsync(bounded, new() { OnOutput = output.Add }, cancel);
            return new(result.ExitCode, string.Join('\n', output), string.Join('\n', result.ErrorTail));
        };

    /// <returns>Its output.</returns>
    /// <exception cref="InstallException">It is missing, or has failed.</exception>
    public static async Task<string> RequireAsync(this RunTool run, ProcessCommand command, CancellationToken cancel)
    {
        try
        {
            var result = await run(command, cancel);
            return result.ExitCode == 0
                ? result.Output
                : throw new InstallException(
                    $"`{Say(command)}` ended with {result.ExitCode}: {(result.Errors.Length > 0 ? result.Errors : result.Output)}"
                );
        }
        catch (ProcessFailedException e)
        {
            throw new InstallException($"`{Say(command)}` did not work: {e.Message}", e);
        }
    }

    public static Task<string> RequireAsync(
        this RunTool run,
        string program,
        string[] arguments,
        CancellationToken cancel
    ) => run.RequireAsync(new ProcessCommand(program, arguments), cancel);

    private static string Say(ProcessCommand command) => string.Join(' ', [command.Program, .. command.Arguments]);
}
