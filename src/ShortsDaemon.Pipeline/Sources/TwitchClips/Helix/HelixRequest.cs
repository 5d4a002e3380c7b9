namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>A question to Helix.</summary>
/// <param name="Path">Below the base address, for instance clips.</param>
/// <param name="Parameters">A name may come several times: that is how Helix takes lists.</param>
internal sealed record HelixRequest(string Path, IReadOnlyList<(string Name, string Value)> Parameters)
{
    /// <summary>Whose token is used; null: the application's.</summary>
    public string? Account { get; init; }

    /// <summary>Parameter that takes the id of the token's owner; null: there is none.</summary>
    public string? OwnerParameter { get; init; }

    /// <summary>Calls of this path that Twitch takes per minute beside the common limit; null: no limit of its own.</summary>
    public double? OwnLimit { get; init; }

    public string QueryOf(string ownerId)
    {
        var all = OwnerParameter is { } name ? Parameters.Prepend((name, ownerId)) : Parameters;
        return string.Join('&', all.Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2)}"));
    }
}
