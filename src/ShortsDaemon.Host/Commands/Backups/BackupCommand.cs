using System.CommandLine;

namespace ShortsDaemon.Host.Commands.Backups;

/// <summary>Copies of the database: making, looking, proving, putting one back.</summary>
internal static class BackupCommand
{
    public static Command Create() =>
        new("backup", "Backups of the database: made, listed, verified and restored.")
        {
            BackupCreateCommand.Create(),
            BackupListCommand.Create(),
            BackupVerifyCommand.Create(),
            BackupRestoreCommand.Create(),
        };

    public static Argument<string?> Name() =>
        new("NAME")
        {
            Description = "As `backup list` shows it, or the path of a backup's folder; without it the newest one.",
            Arity = ArgumentArity.ZeroOrOne,
        };
}
