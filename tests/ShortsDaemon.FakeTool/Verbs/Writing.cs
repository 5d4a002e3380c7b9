using System.Globalization;

namespace ShortsDaemon.FakeTool.Verbs;

internal static class Writing
{
    public static int Flood(string kind, string megabytes)
    {
        using var stream = kind == "stderr" ? Console.OpenStandardError() : Console.OpenStandardOutput();
        var block = new byte[1024];
        Array.Fill(block, (byte)'x');
        if (kind != "endless")
            block[^1] = (byte)'\n';
        for (var i = 0; i < 1024 * int.Parse(megabytes, CultureInfo.InvariantCulture); i++)
            stream.Write(block);
        return 0;
    }

    public static int HalfLine(string text)
    {
        Console.Write(text);
        return 0;
    }

    public static async Task<int> ProgressAsync(string count, string pause)
    {
        for (var i = 1; i <= int.Parse(count, CultureInfo.InvariantCulture); i++)
        {
            Console.WriteLine($"frame={i}");
            await Task.Delay(int.Parse(pause, CultureInfo.InvariantCulture));
        }
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    public static int EchoArguments(IReadOnlyList<string> arguments)
    {
        foreach (var argument in arguments)
            Console.WriteLine(argument);
        return 0;
    }

    public static int EchoVariable(string name)
    {
        Console.WriteLine(
            Environment.GetEnvironmentVariable(name) is { } value ? $"{name}={value}" : $"{name} is not set"
        );
        return 0;
    }

    public static int SaveVariable(string file, string name, IReadOnlyList<string> arguments)
    {
        File.WriteAllLines(file, [Environment.GetEnvironmentVariable(name) ?? "", .. arguments]);
        return 0;
    }

    public static int Complain(string usage)
    {
        Console.Error.WriteLine(usage);
        return 64;
    }
}
