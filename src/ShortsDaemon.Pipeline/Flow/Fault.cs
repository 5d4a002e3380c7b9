using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Media;
using ShortsDaemon.Media.Encoders;
using ShortsDaemon.Media.Processes;

namespace ShortsDaemon.Pipeline.Flow;

/// <summary>What an exception that leaves a stage means for the item. Decided by type alone.</summary>
internal enum Fault
{
    /// <summary>May pass by itself, but counts: after some tries the item is given up.</summary>
    Transient,

    /// <summary>The surroundings' fault; waits as long as it takes.</summary>
    Unavailable,

    /// <summary>The input's fault; trying again changes nothing.</summary>
    Permanent,
}

internal static class Faults
{
    public static Fault Of(Exception exception) =>
        exception switch
        {
            RefusedMediaException => Fault.Permanent,
            UnavailableException or ToolMissingException or NoEncoderException => Fault.Unavailable,
            IOException or UnauthorizedAccessException => Fault.Unavailable,
            DbUpdateException or SqliteException => Fault.Unavailable,
            _ => Fault.Transient,
        };
}
