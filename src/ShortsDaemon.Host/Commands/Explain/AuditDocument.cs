using ShortsDaemon.Pipeline.Storage;

namespace ShortsDaemon.Host.Commands.Explain;

/// <summary>Something that a person did, for scripts.</summary>
internal static class AuditDocument
{
    public static object Of(AuditEntry entry) =>
        new
        {
            entry.Id,
            entry.At,
            entry.Who,
            entry.What,
            Item = entry.ItemId?.Value,
            entry.Detail,
        };
}
