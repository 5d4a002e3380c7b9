namespace ShortsDaemon.Host.Install;

/// <summary>How it was installed.</summary>
internal sealed record Installation
{
    public required ServiceKind Service { get; init; }

    /// <summary>The --config files, absolute.</summary>
    public required IReadOnlyList<string> Config { get; init; }

    /// <summary>The data directory, absolute.</summary>
    public required string Data { get; init; }

    /// <summary>Single values: Section:Key=value.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Whom the daemon runs as; null: whoever installs it.</summary>
    public string? User { get; init; }

    /// <summary>The way back, oldest first.</summary>
    public IReadOnlyList<Upgraded> Upgrades { get; init; } = [];

    /// <summary>What every command of the program is told about its configuration.</summary>
    public IReadOnlyList<string> Arguments =>
        [
            .. Config.SelectMany(file => new[] { "--config", file }),
            "--data",
            Data,
            .. Set.SelectMany(one => new[] { "--set", one }),
        ];
}

/// <param name="From">The version before.</param>
/// <param name="To">The version after.</param>
/// <param name="At">When.</param>
/// <param name="Backup">Folder of the database as it was before; null: there was none.</param>
internal sealed record Upgraded(string From, string To, DateTimeOffset At, string? Backup);

/// <summary>Who starts the daemon and keeps it running.</summary>
internal enum ServiceKind
{
    SystemdUser,
    SystemdSystem,
    LaunchdUser,

    /// <summary>Nobody.</summary>
    Process,
}
