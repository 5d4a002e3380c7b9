namespace ShortsDaemon.Pipeline.Configuration;

/// <summary>The configuration in force. A bad edit never replaces it; it only fills <see cref="Problems"/>.</summary>
public sealed class LiveOptions(ShortsOptions initial, IReadOnlyList<ConfigurationProblem>? warnings = null)
{
    private volatile State _state = new(initial, warnings ?? []);
    private volatile OptionsOrigin? _origin;

    public ShortsOptions Value => _state.Value;

    /// <summary>
    /// What is wrong with the latest edit. With an error among them the edit was refused; warnings alone (an unknown
    /// key, a change that waits for a restart) belong to the configuration in force.
    /// </summary>
    public IReadOnlyList<ConfigurationProblem> Problems => _state.Problems;

    /// <summary>Where the options in force come from, for people; null: nobody has said.</summary>
    public OptionsOrigin? Origin
    {
        get => _origin;
        set => _origin = value;
    }

    /// <summary>Raised after a good edit has come into force, on the thread that read it.</summary>
    public event Action<ShortsOptions>? Changed;

    public void Accept(ShortsOptions edited, IReadOnlyList<ConfigurationProblem>? warnings = null)
    {
        _state = new(edited, warnings ?? []);
        Changed?.Invoke(edited);
    }

    public void Refuse(IReadOnlyList<ConfigurationProblem> problems) => _state = new(_state.Value, problems);

    private sealed record State(ShortsOptions Value, IReadOnlyList<ConfigurationProblem> Problems);
}

/// <param name="Layers">Files, environment and command line as they were read.</param>
/// <param name="Since">When these options came into force.</param>
public sealed record OptionsOrigin(LayeredConfiguration Layers, DateTimeOffset Since);

/// <summary>One mistake in the configuration.</summary>
/// <param name="Key">Full key, for instance Channels:inbox:TimeZone; for a file that cannot be read, its path.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Mend">What to write instead.</param>
/// <param name="IsError">False: worth a warning, the configuration is still used (for instance an unknown key).</param>
public sealed record ConfigurationProblem(string Key, string What, string Mend, bool IsError = true)
{
    public override string ToString() => $"{Key}: {What}. {Mend}";
}
