namespace ShortsDaemon.Host.Install;

/// <summary>The installed daemon, as an upgrade handles it.</summary>
internal interface IDaemon
{
    /// <summary>Returns when it has ended; nothing happens when it does not run.</summary>
    /// <exception cref="InstallException">It does not end.</exception>
    Task StopAsync(CancellationToken cancel);

    /// <summary>Starts the current release and waits until it is ready for work.</summary>
    /// <returns>Null: it is; otherwise what is wrong.</returns>
    Task<string?> StartAsync(CancellationToken cancel);

    /// <summary>Backs the database up while the daemon is stopped.</summary>
    /// <param name="release">The one whose database it is.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Folder of the backup; null: there is no database yet.</returns>
    /// <exception cref="InstallException">It could not be made.</exception>
    Task<string?> BackUpAsync(Release release, CancellationToken cancel);

    /// <summary>Whether the database still has the form it had at that backup, so that the release of then can go on with it.</summary>
    Task<bool> HasFormOfAsync(string backup, CancellationToken cancel);

    /// <summary>Puts the backup in the place of the database, which is kept beside.</summary>
    /// <param name="release">The one whose database it is.</param>
    /// <param name="backup">Its folder.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InstallException">It could not be restored.</exception>
    Task RestoreAsync(Release release, string backup, CancellationToken cancel);
}
