using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>What a recording looks and sounds like, for finding it again under another name, size, speed or cut.</summary>
public sealed class ItemPrint
{
    public long Id { get; set; }
    public ItemId ItemId { get; set; }
    public required string Channel { get; set; }
    public DateTimeOffset MadeAt { get; set; }

    /// <summary>Looks of the pictures, see <see cref="Media.Fingerprints.Fingerprint"/>.</summary>
    public required byte[] Pictures { get; set; }

    /// <summary>Words of the sound.</summary>
    public required byte[] Sound { get; set; }

    internal sealed class Table : IEntityTypeConfiguration<ItemPrint>
    {
        public void Configure(EntityTypeBuilder<ItemPrint> print)
        {
            print.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId).OnDelete(DeleteBehavior.Cascade);
            print.HasIndex(p => new { p.Channel, p.MadeAt });
        }
    }
}
