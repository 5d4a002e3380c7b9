namespace ShortsDaemon.Host.Install;

/// <summary>Whoever starts the daemon and keeps it running.</summary>
internal interface IService
{
    /// <summary>What it is, and what it does for the daemon, in one sentence.</summary>
    string Words { get; }

    /// <summary>Where to look when the daemon does not come up.</summary>
    string Hint { get; }

    /// <summary>Makes it known, so that it starts with the machine or its user. Does not start it. May be repeated.</summary>
    /// <exception cref="InstallException">It could not be done.</exception>
    Task SetUpAsync(ServiceRun run, CancellationToken cancel);

    /// <exception cref="InstallException">It could not be started.</exception>
    Task StartAsync(ServiceRun run, CancellationToken cancel);

    /// <summary>Asks it to end; whether it has ended is not its business.</summary>
    /// <exception cref="InstallException">It could not be asked.</exception>
    Task StopAsync(ServiceRun run, CancellationToken cancel);

    /// <summary>Makes it unknown. It is stopped.</summary>
    /// <exception cref="InstallException">It could not be done.</exception>
    Task RemoveAsync(CancellationToken cancel);
}

/// <summary>What is to be run.</summary>
/// <param name="Root">The installation.</param>
/// <param name="Program">What starts the current release, whichever that is.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Data">The data directory; exists.</param>
internal sealed record ServiceRun(
    InstallRoot Root,
    IReadOnlyList<string> Program,
    IReadOnlyList<string> Arguments,
    string Data
)
{
    /// <summary>Whom it runs as; null: whoever installs it.</summary>
    public string? User { get; init; }

    /// <summary>Where the .NET runtime is; null: the release brings its own.</summary>
    public string? Runtime { get; init; }

    /// <summary>Folders it writes to.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    public IReadOnlyList<string> Line => [.. Program, .. Arguments];
}
