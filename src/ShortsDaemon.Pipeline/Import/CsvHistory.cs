using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace ShortsDaemon.Pipeline.Import;

/// <summary>A CSV file with a header, as spreadsheets and scripts write it.</summary>
internal static class CsvHistory
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    public static PastTable Read(string path)
    {
        var separator = SeparatorOf(path);
        using var text = Open(path);
        using var csv = new CsvParser(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = separator.ToString(),
                TrimOptions = TrimOptions.Trim,
                // A quotation mark in the middle of a title is read as it stands.
                BadDataFound = null,
            }
        );
        try
        {
            if (!csv.Read() || csv.Record is not { } header)
                throw new PastHistoryException($"'{path}' is empty. Give a CSV file with a header, or an SQLite file.");
            var rows = new List<PastRow>();
            for (var line = csv.RawRow + 1; csv.Read(); line = csv.RawRow + 1)
                rows.Add(new PastRow(line, csv.Record!));
            return new PastTable($"CSV separated by {Said(separator)}", header, rows);
        }
        catch (CsvHelperException e)
        {
            throw new PastHistoryException($"'{path}' is no CSV file beyond line {csv.RawRow}: {e.Message}", e);
        }
    }

    // The header holds no titles: what stands there most often between the names is what separates them everywhere.
    private static char SeparatorOf(string path)
    {
        using var text = Open(path);
        var header = text.ReadLine() ?? "";
        return Separators.MaxBy(separator => header.Count(c => c == separator));
    }

    private static StreamReader Open(string path) => new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);

    private static string Said(char separator) => separator == '\t' ? "tabs" : $"'{separator}'";
}
