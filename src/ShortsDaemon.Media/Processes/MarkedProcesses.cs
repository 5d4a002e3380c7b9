using System.Globalization;
using System.Text;

namespace ShortsDaemon.Media.Processes;

/// <summary>Finds processes by a variable in their environment, which children inherit wherever they hide. Linux only:
/// elsewhere nothing is found.</summary>
internal static class MarkedProcesses
{
    /// <returns>Ids of the living processes (no zombies) that carry the variable with exactly this value.</returns>
    public static IReadOnlyList<int> Find(string variable, string value)
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var mark = Encoding.UTF8.GetBytes($"{variable}={value}");
        return [.. AllIds().Where(id => Carries(id, mark))];
    }

    private static IEnumerable<int> AllIds()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                yield return id;
    }

    private static bool Carries(int id, ReadOnlySpan<byte> mark)
    {
        var environment = ReadEnvironment(id).AsSpan();
        foreach (var entry in environment.Split((byte)0))
            if (environment[entry].SequenceEqual(mark))
                return true;
        return false;
    }

    private static byte[] ReadEnvironment(int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it ended while we looked, or belongs to another user: not one of ours
        }
    }
}
