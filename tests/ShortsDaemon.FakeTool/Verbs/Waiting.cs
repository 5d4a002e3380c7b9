using System.Globalization;
using System.Runtime.InteropServices;

namespace ShortsDaemon.FakeTool.Verbs;

internal static class Waiting
{
    public static async Task<int> SleepAsync(string seconds)
    {
        Console.WriteLine("ready");
        await Task.Delay(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        Console.WriteLine("done");
        return 0;
    }

    public static async Task<int> IgnoreSignalsAsync(string seconds)
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        return await SleepAsync(seconds);
    }

    public static async Task<int> FinishOnSignalAsync(string file)
    {
        var asked = new TaskCompletionSource<PosixSignal>();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        Console.WriteLine("ready");
        await File.WriteAllTextAsync(file, (await asked.Task).ToString());
        return 0;

        void Ask(PosixSignalContext context)
        {
            context.Cancel = true;
            asked.TrySetResult(context.Signal);
        }
    }

    public static int ReadQuit(string file)
    {
        Console.WriteLine("ready");
        int key;
        while ((key = Console.In.Read()) != 'q')
            if (key < 0)
                return 1;
        File.WriteAllText(file, "finished");
        return 0;
    }
}
