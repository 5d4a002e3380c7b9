using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Pipeline.Storage;

/// <summary>Instants as UTC to the microsecond, so that the database compares and sorts them as text.</summary>
internal sealed class UtcInstant()
    : ValueConverter<DateTimeOffset, DateTime>(
        v => new DateTime(v.UtcTicks - (v.UtcTicks % 10), DateTimeKind.Utc),
        v => new DateTimeOffset(DateTime.SpecifyKind(v, DateTimeKind.Utc))
    );

internal sealed class ItemIdNumber() : ValueConverter<ItemId, long>(id => id.Value, number => new ItemId(number));
