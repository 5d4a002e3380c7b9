using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>One time at which a schedule should have fired, and what became of it.</summary>
public sealed class FireSlot
{
    public long Id { get; set; }
    public required string Channel { get; set; }

    /// <summary>The cron expression.</summary>
    public required string Cron { get; set; }

    /// <summary>When it should have fired.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>When the run it caused began; null: there was none.</summary>
    public DateTimeOffset? FiredAt { get; set; }
    public FireOutcome Outcome { get; set; }
    public FireCause Cause { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FireSlot>
    {
        public void Configure(EntityTypeBuilder<FireSlot> slot)
        {
            slot.HasIndex(s => new
                {
                    s.Channel,
                    s.Cron,
                    s.DueAt,
                })
                .IsUnique();
            slot.HasIndex(s => s.DueAt);
        }
    }
}

public enum FireOutcome
{
    /// <summary>On time.</summary>
    Ran,

    /// <summary>Later than it should have; the cause says why.</summary>
    Late,

    /// <summary>Not at all; the cause says why.</summary>
    Missed,

    /// <summary>Made up for by a run that stands for several.</summary>
    Merged,
}

public enum FireCause
{
    /// <summary>Nothing was in the way.</summary>
    None,

    /// <summary>The daemon did not run.</summary>
    Down,

    /// <summary>The machine slept.</summary>
    Asleep,

    /// <summary>Somebody set the clock.</summary>
    ClockJump,

    /// <summary>The run before was still under way, or every worker was busy.</summary>
    Busy,

    /// <summary>A person had paused the channel.</summary>
    Paused,

    /// <summary>None of these: worth a look.</summary>
    Unknown,
}

/// <summary>Up to when the slots of one schedule are accounted for; stays while the daemon is down.</summary>
public sealed class FireMark
{
    public required string Channel { get; set; }
    public required string Cron { get; set; }
    public DateTimeOffset SettledUntil { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<FireMark>
    {
        public void Configure(EntityTypeBuilder<FireMark> mark) => mark.HasKey(m => new { m.Channel, m.Cron });
    }
}
