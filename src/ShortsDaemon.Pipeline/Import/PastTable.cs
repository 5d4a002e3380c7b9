namespace ShortsDaemon.Pipeline.Import;

/// <summary>What an older tool has kept, as text.</summary>
/// <param name="What">What it was read from, in words.</param>
/// <param name="Columns">Their names.</param>
/// <param name="Rows">One for each thing it handled.</param>
public sealed record PastTable(string What, IReadOnlyList<string> Columns, IReadOnlyList<PastRow> Rows)
{
    private const int MagicLength = 16;

    /// <exception cref="PastHistoryException">It is nothing that can be understood.</exception>
    public static PastTable Read(string path)
    {
        try
        {
            return IsSqlite(path) ? SqliteHistory.Read(path) : CsvHistory.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PastHistoryException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static bool IsSqlite(string path)
    {
        var head = new byte[MagicLength];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(head, MagicLength, throwOnEndOfStream: false) == MagicLength
            && head.AsSpan().SequenceEqual("SQLite format 3\0"u8);
    }
}

/// <param name="Number">Line of the file, or number of the row in its table.</param>
/// <param name="Cells">In the order of the columns; empty where there is nothing.</param>
public sealed record PastRow(int Number, IReadOnlyList<string> Cells);

/// <summary>A file is no history; the message tells why and what to do.</summary>
public sealed class PastHistoryException(string message, Exception? inner = null) : Exception(message, inner);
