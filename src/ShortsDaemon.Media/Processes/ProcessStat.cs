using System.Globalization;

namespace ShortsDaemon.Media.Processes;

/// <summary>A process's place among the others, from Linux's /proc/PID/stat.</summary>
internal sealed record ProcessStat(char State, int Parent, int Group)
{
    /// <returns>Null when there is no such process (any more), or none that we may see.</returns>
    public static ProcessStat? Read(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // pid (name) state parent group …; the name may contain blanks and brackets.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(fields[0][0], Number(fields[1]), Number(fields[2]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it ended, or is hidden from us (hidepid)
        }
    }

    /// <summary>The process itself and everything above it.</summary>
    public static HashSet<int> Ancestry(int id)
    {
        var line = new HashSet<int>();
        while (id > 0 && line.Add(id))
            id = Read(id)?.Parent ?? 0;
        return line;
    }

    private static int Number(string field) => int.Parse(field, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
