namespace ShortsDaemon.Host.Logins;

/// <summary>How a login stands.</summary>
internal enum LoginStanding
{
    Good,

    /// <summary>Nobody could be asked; it may be as good as ever.</summary>
    Unknown,

    /// <summary>Its file is missing, open to others or broken.</summary>
    Unusable,

    /// <summary>The platform does not accept it any more.</summary>
    Revoked,

    /// <summary>It is somebody else's.</summary>
    WrongAccount,
}

/// <summary>What was found out about a login.</summary>
/// <param name="Subject">What alerts call it: "YouTube/main".</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Words">The finding, for people; no secrets.</param>
/// <param name="Mend">What to do about it, or when it ends.</param>
internal sealed record LoginFinding(string Subject, LoginStanding Standing, string Words, string Mend)
{
    /// <summary>What it may not do although the configuration wants it, in words; null: nothing.</summary>
    public string? Lack { get; init; }

    /// <summary>When the refresh token was given out; null: not known.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When the refresh token ends; null: not known to.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
