using System.CommandLine;

namespace ShortsDaemon.Host.Commands.Import;

/// <summary>Takes over from an older tool.</summary>
internal static class ImportCommand
{
    public static Command Create() =>
        new("import", "Takes over what an older tool has kept.") { ImportHistoryCommand.Create() };
}
