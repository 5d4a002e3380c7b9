namespace ShortsDaemon.Host.Install;

/// <summary>
/// Changes from one release to another, and back. Each step is written into the journal before it is done, and may be done
/// again: after a kill at any moment <see cref="ResumeAsync"/> brings it to an end.
/// </summary>
/// <param name="root">The installation.</param>
/// <param name="daemon">What is upgraded.</param>
/// <param name="time">For the record.</param>
/// <param name="say">Tells the user what is done.</param>
/// <param name="reached">Told after each step; for tests that end there.</param>
internal sealed class Upgrade(
    InstallRoot root,
    IDaemon daemon,
    TimeProvider time,
    Action<string> say,
    Action<string>? reached = null
)
{
    private readonly ReleaseShelf _shelf = new(root);
    private readonly JsonRecord<UpgradeJournal> _journal = new(root.Journal);
    private readonly UpgradeHistory _history = new(root, time);

    /// <returns>Whether the new release works; if not, the one before does again.</returns>
    /// <exception cref="InstallException">It could not be brought to an end; the message says where it stands.</exception>
    public async Task<bool> RunAsync(Release to, CancellationToken cancel)
    {
        var from = Current();
        var journal = new UpgradeJournal(from.Version, to.Version, UpgradeStep.Begun, null);
        await _journal.WriteAsync(journal, cancel);
        Reached("begun");
        var backup = await BackUpAsync(journal, cancel);
        Reached("backed up");
        return await SwitchAsync(journal with { Backup = backup }, cancel);
    }

    /// <summary>Back to the release before, with its database.</summary>
    public async Task RollBackAsync(CancellationToken cancel)
    {
        var current = Current();
        var last =
            _history.LastTo(current.Version)
            ?? throw new InstallException($"There is no release before {current.Version} to go back to.");
        // What cannot work is refused while everything still does.
        _shelf.Get(last.From);
        if (last.Backup is not null)
            await daemon.HasFormOfAsync(last.Backup, cancel);
        await GoBackAsync(new(last.From, last.To, UpgradeStep.GoingBack, last.Backup), cancel);
    }

    /// <summary>Brings to an end what a process that was killed has left.</summary>
    /// <param name="goBack">Rather undone than finished.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether there was something.</returns>
    public async Task<bool> ResumeAsync(bool goBack, CancellationToken cancel)
    {
        if (_journal.Read() is not { } journal)
            return false;
        say($"The upgrade from {journal.From} to {journal.To} was interrupted ({journal.Step}).");
        if (journal.Step == UpgradeStep.Begun)
            await LeaveAsync(journal, "Nothing had changed yet.", cancel);
        else if (journal.Step == UpgradeStep.Switching && !goBack)
            await SwitchAsync(journal, cancel);
        else
            await GoBackAsync(journal, cancel);
        return true;
    }

    private async Task<string?> BackUpAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        try
        {
            say($"Stopping {journal.From}");
            await daemon.StopAsync(cancel);
            Reached("stopped");
            var backup = await daemon.BackUpAsync(_shelf.Get(journal.From), cancel);
            say(backup is null ? "There is no database yet" : $"The database is backed up: {backup}");
            return backup;
        }
        catch (InstallException e)
        {
            say(e.Message);
            await LeaveAsync(journal, "Nothing was upgraded.", cancel);
            throw new InstallException($"Nothing was upgraded; {journal.From} goes on.", e);
        }
    }

    private async Task LeaveAsync(UpgradeJournal journal, string why, CancellationToken cancel)
    {
        say($"{why} Starting {journal.From} again");
        Require(await daemon.StartAsync(cancel), journal.From);
        _journal.Remove();
    }

    private async Task<bool> SwitchAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        journal = journal with { Step = UpgradeStep.Switching };
        await _journal.WriteAsync(journal, cancel);
        Reached("switching");
        // After an interruption either release may have been started meanwhile.
        await daemon.StopAsync(cancel);
        _shelf.SwitchTo(_shelf.Get(journal.To));
        Reached("switched");
        say($"Starting {journal.To}; it brings the database to its version and gets ready");
        if (await daemon.StartAsync(cancel) is { } problem)
        {
            say($"{journal.To} does not work: {problem}");
            await GoBackAsync(journal, cancel);
            return false;
        }
        Reached("started");
        await _history.RememberAsync(journal, cancel);
        Reached("recorded");
        _journal.Remove();
        RemoveOld();
        say($"{journal.To} works.");
        return true;
    }

    private async Task GoBackAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        await _journal.WriteAsync(journal with { Step = UpgradeStep.GoingBack }, cancel);
        Reached("going back");
        say($"Going back from {journal.To} to {journal.From}");
        await daemon.StopAsync(cancel);
        Reached("stopped to go back");
        await RestoreAsync(journal, cancel);
        Reached("restored");
        _shelf.SwitchTo(_shelf.Get(journal.From));
        Reached("switched back");
        await _history.ForgetAsync(journal, cancel);
        Reached("forgotten");
        say($"Starting {journal.From}");
        Require(await daemon.StartAsync(cancel), journal.From);
        _journal.Remove();
        say($"{journal.From} works.");
    }

    private async Task RestoreAsync(UpgradeJournal journal, CancellationToken cancel)
    {
        if (journal.Backup is null)
            return;
        if (await daemon.HasFormOfAsync(journal.Backup, cancel))
        {
            say($"The database has kept its form: {journal.From} goes on with it, nothing is forgotten");
            return;
        }
        say(
            $"The database has another form now; the one of {journal.From} is put in its place, and the newer one kept beside"
        );
        await daemon.RestoreAsync(_shelf.Get(journal.From), journal.Backup, cancel);
        say(
            "Nothing is published until the daemon has read back what has gone out since. `holds list` shows how far it is."
        );
    }

    private void RemoveOld()
    {
        var kept = _history.Versions.Append(Current().Version).ToHashSet();
        foreach (var version in _shelf.Versions.Where(version => !kept.Contains(version)))
        {
            _shelf.Remove(version);
            say($"Removed the old release {version}");
        }
    }

    private Release Current() =>
        _shelf.Current
        ?? throw new InstallException($"Nothing is installed in '{root.Path}'. Begin with: ShortsDaemon install");

    private static void Require(string? problem, string version)
    {
        if (problem is not null)
            throw new InstallException($"{version} was started and does not work: {problem}");
    }

    private void Reached(string step) => reached?.Invoke(step);
}
