using Spectre.Console;

namespace ShortsDaemon.Host.Commands;

/// <summary>A table on standard output: ruled and coloured on a terminal, plain aligned lines elsewhere.</summary>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(OneLine)]);

    public void Print()
    {
        if (Console.IsOutputRedirected)
            PrintPlain();
        else
            PrintRuled();
    }

    private void PrintPlain()
    {
        var all = _rows.Prepend(headings).ToList();
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        foreach (var row in all)
            Console.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private void PrintRuled()
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
            table.AddColumn(Markup.Escape(heading));
        foreach (var row in _rows)
            table.AddRow([.. row.Select(cell => new Markup(Markup.Escape(cell), Colour(cell)))]);
        AnsiConsole.Write(table);
    }

    private static Style Colour(string cell) =>
        cell switch
        {
            "ok" or "Published" => new Style(Color.Green),
            "warn" => new Style(Color.Yellow),
            "fail" or "Failed" => new Style(Color.Red),
            _ => Style.Plain,
        };

    // File names may hold line breaks and escape sequences; neither may reach the terminal.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
