using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Something the owner should know. Open until resolved; at most one open alert for a rule and subject.</summary>
public sealed class Alert
{
    public long Id { get; set; }

    /// <summary>What kind, for instance CredentialRevoked.</summary>
    public required string Rule { get; set; }

    /// <summary>Of what, for instance main/YouTube.</summary>
    public required string Subject { get; set; }
    public AlertLevel Level { get; set; }

    /// <summary>What happened and how to mend it.</summary>
    public required string Message { get; set; }
    public DateTimeOffset RaisedAt { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>When a person said to know of it: whoever has not been told yet is not told any more. Null: nobody has.</summary>
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public string? AcknowledgedBy { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Alert>
    {
        public void Configure(EntityTypeBuilder<Alert> alert)
        {
            alert.HasIndex(a => new { a.Rule, a.Subject }).IsUnique().HasFilter("\"ResolvedAt\" IS NULL");
            alert.HasIndex(a => a.RaisedAt);
        }
    }
}

public enum AlertLevel
{
    /// <summary>Something waits or is left out; the rest goes on.</summary>
    Warning,

    /// <summary>Nothing more happens somewhere until a person does something.</summary>
    Critical,
}
