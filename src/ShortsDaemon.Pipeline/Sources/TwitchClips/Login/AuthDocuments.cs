namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

// Classes, not records: a record would show its secrets when it is written into a log.

/// <summary>Tokens as the token server gives them.</summary>
public sealed class TokenAnswer
{
    public required string AccessToken { get; init; }

    /// <summary>Null for the application's own token.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Life of the access token in s.</summary>
    public long ExpiresIn { get; init; }
}

internal sealed class DeviceAnswer
{
    public required string DeviceCode { get; init; }
    public required string UserCode { get; init; }
    public required string VerificationUri { get; init; }

    /// <summary>Life of the code in s.</summary>
    public long ExpiresIn { get; init; } = 1800;

    /// <summary>Pause between two polls in s.</summary>
    public long Interval { get; init; } = 5;
}

/// <summary>Whose token it is. An application's has no login.</summary>
public sealed record Validation
{
    public required string ClientId { get; init; }
    public string? Login { get; init; }
    public string? UserId { get; init; }
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Remaining life in s.</summary>
    public long ExpiresIn { get; init; }
}
