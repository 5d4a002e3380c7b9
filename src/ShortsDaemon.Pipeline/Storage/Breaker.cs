using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Circuit breaker of one provider. Kept, so that a restart does not storm a platform that is down.</summary>
public sealed class Breaker
{
    /// <summary>For instance Twitch.</summary>
    public required string Provider { get; set; }
    public BreakerState State { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>How often in a row it has opened; each time it stays open longer.</summary>
    public int Openings { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>From when on one call may try whether it works again.</summary>
    public DateTimeOffset? ProbeAt { get; set; }

    /// <summary>What failed last, in words.</summary>
    public string? LastError { get; set; }

    /// <returns>When a call may go out. A ProbeAt further away than any pause was written down by a clock that was wrong: it has come.</returns>
    public DateTimeOffset? NextTry(DateTimeOffset now) => ProbeAt > now + BreakerRules.Longest ? now : ProbeAt;

    internal sealed class Table : IEntityTypeConfiguration<Breaker>
    {
        public void Configure(EntityTypeBuilder<Breaker> breaker) => breaker.HasKey(b => b.Provider);
    }
}

public enum BreakerState
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>No call goes out before ProbeAt.</summary>
    Open,

    /// <summary>One call is out to see whether it works again.</summary>
    HalfOpen,
}
