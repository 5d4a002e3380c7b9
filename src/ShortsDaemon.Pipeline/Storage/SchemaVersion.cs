using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using ShortsDaemon.Pipeline.Storage.Migrations;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>The schema of a database beside that of this program.</summary>
/// <param name="Unknown">A migration in the database that this program does not know: a newer one wrote it. Null: none.</param>
/// <param name="IsCurrent">The database has all of this program's migrations and no other.</param>
public sealed record SchemaVersion(string? Unknown, bool IsCurrent)
{
    // By name: EF's own question would build the whole model first, which takes longer than the rest of a start, and
    // looking through all types of the program would load them for good.
    private static readonly Type[] Migrations =
    [
        typeof(Initial),
        typeof(ItemText),
        typeof(OwnerActions),
        typeof(LookingBack),
    ];

    /// <summary>The migrations of this program, oldest first.</summary>
    internal static readonly IReadOnlySet<string> Known = Migrations
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Written by a newer program.</summary>
    public bool IsNewer => Unknown is not null;

    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">It is locked, damaged or no database.</exception>
    public static async Task<SchemaVersion> ReadAsync(ShortsDb db, CancellationToken cancel)
    {
        var applied = await AppliedAsync(db, cancel);
        return new(applied.FindLast(id => !Known.Contains(id)), Known.SetEquals(applied));
    }

    private static async Task<List<string>> AppliedAsync(ShortsDb db, CancellationToken cancel)
    {
        var tables = await db
            .Database.SqlQuery<string>($"select name as Value from sqlite_master where name = '__EFMigrationsHistory'")
            .ToListAsync(cancel);
        return tables.Count == 0
            ? []
            : await db
                .Database.SqlQuery<string>($"select MigrationId as Value from __EFMigrationsHistory order by 1")
                .ToListAsync(cancel);
    }
}
