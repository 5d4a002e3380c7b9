using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>One run of a maintenance job, or the wish for one.</summary>
public sealed class JobRun
{
    public long Id { get; set; }

    /// <summary>Which job, for instance backup.</summary>
    public required string Job { get; set; }
    public JobOutcome Outcome { get; set; }

    /// <summary>When it began or, while it is only wished for, when that was.</summary>
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>A person asked for it.</summary>
    public bool IsByHand { get; set; }

    /// <summary>What it did, with figures, or why it failed and how to mend that.</summary>
    public string? Message { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<JobRun>
    {
        public void Configure(EntityTypeBuilder<JobRun> run)
        {
            run.Property(r => r.Outcome).HasConversion<string>();
            run.HasIndex(r => new { r.Job, r.StartedAt });
            run.HasIndex(r => r.Outcome);
        }
    }
}

public enum JobOutcome
{
    /// <summary>Asked for by another process; the daemon begins it within a minute.</summary>
    Wished,
    Running,
    Succeeded,
    Failed,

    /// <summary>It was stopped, or the daemon ended meanwhile.</summary>
    Interrupted,
}
