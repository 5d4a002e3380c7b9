namespace ShortsDaemon.Pipeline.Providers;

/// <summary>How long a provider is waited for, and how often it is asked again.</summary>
internal sealed record Patience
{
    /// <summary>Until a connection stands.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One try of a call, its whole answer included.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A call with all its tries and pauses.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Further tries of a call that may be repeated.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The first pause; it doubles.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Who asks for a longer pause is not asked again: the item waits instead.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);
}
