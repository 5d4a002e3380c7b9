using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Tests.Storage;

public sealed class SchemaVersionTests
{
    [Test]
    public async Task It_knows_every_migration()
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts("Data Source=:memory:");
        await using var db = new ShortsDb(options.Options);

        Assert.That(SchemaVersion.Known, Is.EquivalentTo(db.Database.GetMigrations()));
    }
}
