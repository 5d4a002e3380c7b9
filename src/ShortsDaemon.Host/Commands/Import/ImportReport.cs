using ShortsDaemon.Pipeline.Import;

namespace ShortsDaemon.Host.Commands.Import;

/// <summary>What was understood of an older tool's file, and what came of it.</summary>
internal static class ImportReport
{
    private const int MostBad = 20;

    public static void Write(string path, HistoryImport import, int fresh, bool dryRun, bool json)
    {
        if (json)
            JsonOutput.Write(Describe(path, import, fresh, dryRun));
        else
            Print(path, import, fresh, dryRun);
    }

    public static void WriteBad(HistoryImport import)
    {
        foreach (var row in import.Bad.Take(MostBad))
            Console.Error.WriteLine($"line {row.Number}: {row.Reason}");
        if (import.Bad.Count > MostBad)
            Console.Error.WriteLine($"and {import.Bad.Count - MostBad} more bad lines");
    }

    private static void Print(string path, HistoryImport import, int fresh, bool dryRun)
    {
        Console.WriteLine($"{path}: {import.Table.What}, {import.Table.Rows.Count} rows");
        foreach (var (meaning, column) in import.Columns.Understood)
            Console.WriteLine($"  {meaning, -10} from the column '{column}'");
        if (import.Columns.NotUsed.Count > 0)
            Console.WriteLine($"  not used: {string.Join(", ", import.Columns.NotUsed)}");
        WriteBad(import);
        Console.WriteLine(
            $"{fresh} {(dryRun ? "would be kept" : "kept")}, {import.Posts.Count - fresh} known already, "
                + $"{import.NotPosted} not posted, {import.Bad.Count} bad."
        );
    }

    private static object Describe(string path, HistoryImport import, int fresh, bool dryRun) =>
        new
        {
            File = path,
            Read = import.Table.What,
            Rows = import.Table.Rows.Count,
            Columns = import.Columns.Understood.Select(c => new { c.Meaning, c.Column }),
            import.Columns.NotUsed,
            New = fresh,
            Known = import.Posts.Count - fresh,
            import.NotPosted,
            import.Bad,
            DryRun = dryRun,
        };
}
