namespace ShortsDaemon.Host.Install;

/// <summary>Which upgrades can be taken back, written down in the installation's record.</summary>
/// <param name="root">The installation.</param>
/// <param name="time">For the record.</param>
internal sealed class UpgradeHistory(InstallRoot root, TimeProvider time)
{
    private const int MostWaysBack = 3;

    private readonly JsonRecord<Installation> _record = new(root.Record);

    /// <summary>Those that are needed to go back.</summary>
    public IEnumerable<string> Versions => Installed().Upgrades.SelectMany(u => new[] { u.From, u.To });

    /// <returns>Null: none has led there.</returns>
    public Upgraded? LastTo(string version) => Installed().Upgrades.LastOrDefault(u => u.To == version);

    /// <summary>The oldest way back is given up for it, with its backup.</summary>
    public async Task RememberAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        var installed = Installed();
        var others = installed.Upgrades.Where(u => !IsSame(u, journal)).ToList();
        var kept = others.TakeLast(MostWaysBack - 1).ToList();
        var done = new Upgraded(journal.From, journal.To, time.GetUtcNow(), journal.Backup);
        await _record.WriteAsync(installed with { Upgrades = [.. kept, done] }, cancel);
        foreach (var backup in others.Except(kept).Select(u => u.Backup).Where(Directory.Exists))
            Directory.Delete(Path.GetDirectoryName(backup)!, recursive: true); // it has that folder for itself
    }

    public Task ForgetAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        var installed = Installed();
        return _record.WriteAsync(
            installed with
            {
                Upgrades = [.. installed.Upgrades.Where(u => !IsSame(u, journal))],
            },
            cancel
        );
    }

    private static bool IsSame(Upgraded upgrade, UpgradeJournal journal) =>
        upgrade.From == journal.From && upgrade.To == journal.To;

    private Installation Installed() =>
        _record.Read()
        ?? throw new InstallException($"'{root.Record}' is missing. Install again: ShortsDaemon install");
}
