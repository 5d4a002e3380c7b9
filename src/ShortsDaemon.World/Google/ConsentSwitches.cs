namespace ShortsDaemon.World.Google;

/// <summary>What the user does on the consent page. Untouched: the first account, everything allowed.</summary>
public sealed class ConsentSwitches
{
    /// <summary>The account that is picked; null: the one in login_hint, else the first one.</summary>
    public string? Account { get; set; }

    /// <summary>The user says no.</summary>
    public bool Denies { get; set; }

    /// <summary>Scopes whose tick is taken away.</summary>
    public IReadOnlyCollection<string> Unticks { get; set; } = [];
}
