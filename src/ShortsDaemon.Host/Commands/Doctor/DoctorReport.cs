namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>Prints the checklist: a coloured table on a terminal, plain aligned lines elsewhere.</summary>
internal static class DoctorReport
{
    public static void WriteJson(IEnumerable<DoctorLine> lines) =>
        JsonOutput.Write(
            lines.Select(line => new
            {
                line.Check,
                Status = line.StatusWord,
                line.Finding,
                line.Mend,
            })
        );

    public static void Print(IReadOnlyList<DoctorLine> lines)
    {
        var encoders = lines.Select(line => line.Encoder).OfType<Media.Encoders.EncoderState>().ToList();
        // An encoder that is as it should be stands in the table below only.
        var list = lines.Where(line => line.Encoder is null || line.Status != DoctorStatus.Ok).ToList();
        if (Console.IsOutputRedirected)
            PrintPlain(list);
        else
            PrintTable(list);
        if (encoders.Count > 0)
        {
            Console.WriteLine();
            EncoderTable.Print(encoders);
        }
        Console.WriteLine();
        Console.WriteLine(Summary(lines));
    }

    internal static string Summary(IReadOnlyList<DoctorLine> lines)
    {
        var fail = lines.Count(line => line.Status == DoctorStatus.Fail);
        var warn = lines.Count(line => line.Status == DoctorStatus.Warn);
        return (fail, warn) switch
        {
            (0, 0) => "Everything is in order.",
            (0, _) => $"The daemon can work; look at: {warn} warn.",
            _ => $"The daemon cannot work as it should: {fail} fail, {warn} warn.",
        };
    }

    private static void PrintPlain(List<DoctorLine> lines)
    {
        var width = lines.Max(line => line.Check.Length);
        foreach (var line in lines)
        {
            Console.WriteLine($"{line.StatusWord, -4}  {line.Check.PadRight(width)}  {OneLine(line.Finding)}");
            if (line.Mend.Length > 0)
                Console.WriteLine($"{"", -4}  {"".PadRight(width)}  -> {OneLine(line.Mend)}");
        }
    }

    private static void PrintTable(List<DoctorLine> lines)
    {
        var table = new TextTable("", "check", "finding", "mend");
        foreach (var line in lines)
            table.Add(line.StatusWord, line.Check, line.Finding, line.Mend);
        table.Print();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
