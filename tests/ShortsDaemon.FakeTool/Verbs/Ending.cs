using System.Globalization;

namespace ShortsDaemon.FakeTool.Verbs;

internal static class Ending
{
    public static int Exit(string code, string text)
    {
        if (text.Length > 0)
            Console.Error.WriteLine(text);
        return int.Parse(code, CultureInfo.InvariantCulture);
    }

    public static async Task<int> KillSelfAsync(string signal)
    {
        var number = int.Parse(signal, CultureInfo.InvariantCulture);
        Native.Signal(number, 0); // the runtime catches some, SIGABRT among them
        if (Native.Kill(Environment.ProcessId, number) != 0)
            throw new InvalidOperationException($"signal {signal} could not be sent");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
