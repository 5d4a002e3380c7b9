namespace ShortsDaemon.World.Google;

/// <summary>The scopes that YouTube knows.</summary>
public static class GoogleScopes
{
    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>Videos and thumbnails may be sent; nothing may be read.</summary>
    public const string Upload = Prefix + "youtube.upload";

    /// <summary>Everything but captions.</summary>
    public const string Manage = Prefix + "youtube";

    /// <summary>Everything.</summary>
    public const string ForceSsl = Prefix + "youtube.force-ssl";

    public const string ReadOnly = Prefix + "youtube.readonly";

    /// <summary>What the daemon asks for.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Upload, Manage];
}
