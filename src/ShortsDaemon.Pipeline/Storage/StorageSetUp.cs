using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ShortsDaemon.Pipeline.Storage;

public static class StorageSetUp
{
    /// <summary>The one way in which a <see cref="ShortsDb"/> is connected.</summary>
    public static DbContextOptionsBuilder UseShorts(this DbContextOptionsBuilder options, string connectionString) =>
        options
            .UseSqlite(connectionString, sqlite => sqlite.CommandTimeout(10))
            .AddInterceptors(new ConnectionSettings());
}

/// <summary>Lets `dotnet ef` make the context without the daemon.</summary>
internal sealed class DesignTimeShortsDb : IDesignTimeDbContextFactory<ShortsDb>
{
    public ShortsDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ShortsDb>();
        options.UseShorts("Data Source=design.db");
        return new ShortsDb(options.Options);
    }
}
