using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Somebody who streams on Twitch. The id stays when the login changes.</summary>
public sealed class Broadcaster
{
    public required string Id { get; set; }

    /// <summary>Login as the platform last told it, lower case.</summary>
    public required string Login { get; set; }

    /// <summary>Login as a configuration names it, lower case: stays the way to this row after a rename.</summary>
    public required string ConfiguredLogin { get; set; }
    public required string DisplayName { get; set; }

    /// <summary>When the platform was last asked.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Since when the platform does not know it any more (banned, closed); null: it does.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<Broadcaster>
    {
        public void Configure(EntityTypeBuilder<Broadcaster> broadcaster)
        {
            broadcaster.HasKey(b => b.ConfiguredLogin);
            broadcaster.HasIndex(b => b.Id);
        }
    }
}

/// <summary>A game or category of Twitch.</summary>
public sealed class Game
{
    public required string Id { get; set; }
    public required string Name { get; set; }
}
