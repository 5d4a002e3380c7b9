using System.Text.RegularExpressions;

namespace ShortsDaemon.Host.Install;

/// <summary>The unit of deploy/systemd with the paths of an installation.</summary>
internal static partial class SystemdUnit
{
    public const string Name = "shortsdaemon.service";

    public static string Of(bool isSystem, ServiceRun run)
    {
        var unit = Shipped.Read(isSystem ? "shortsdaemon.service" : "shortsdaemon-user.service");
        var line = run.Line.Select(word => Quote(word.Replace("$", "$$", StringComparison.Ordinal)));
        unit = Set(unit, "ExecStart", string.Join(' ', line));
        if (run.Runtime is { } runtime)
            unit = Set(unit, "Environment", Quote($"DOTNET_ROOT={runtime}"));
        if (!isSystem)
            return unit;
        unit = Set(unit, "WorkingDirectory", run.Data.Replace("%", "%%", StringComparison.Ordinal));
        unit = Set(
            unit,
            "ReadWritePaths",
            string.Join(' ', run.Writes.Prepend(run.Data).Distinct().Select(path => Quote("-" + path)))
        );
        return run.User is { } user ? Set(Set(unit, "User", user), "Group", user) : unit;
    }

    // Each of these keys stands there once.
    private static string Set(string unit, string key, string value) =>
        Regex.Replace(
            unit,
            $"^{key}=.*$",
            _ => $"{key}={value}",
            RegexOptions.Multiline | RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1)
        );

    private static string Quote(string word)
    {
        var escaped = word.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal);
        return Plain().IsMatch(word) ? word : $"\"{escaped}\"";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_./:=@+-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
