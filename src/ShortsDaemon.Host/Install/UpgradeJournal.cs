namespace ShortsDaemon.Host.Install;

/// <summary>How far an upgrade is, written before each step; whoever comes after a process that was killed goes on from it.</summary>
/// <param name="From">The version before.</param>
/// <param name="To">The version it is to be.</param>
/// <param name="Step">How far it is.</param>
/// <param name="Backup">Folder of the database as the version before left it; null: there was none, or not yet.</param>
internal sealed record UpgradeJournal(string From, string To, UpgradeStep Step, string? Backup);

internal enum UpgradeStep
{
    /// <summary>Nothing has changed; the daemon may be stopped.</summary>
    Begun,

    /// <summary>The link may point to either release, and the database may have been brought to the new version.</summary>
    Switching,

    /// <summary>On the way back to the version before.</summary>
    GoingBack,
}
