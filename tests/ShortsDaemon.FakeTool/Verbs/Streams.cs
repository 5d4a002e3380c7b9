namespace ShortsDaemon.FakeTool.Verbs;

internal static class Streams
{
    public static async Task<int> ClosePipesAsync(string file)
    {
        Close();
        await Task.Delay(500);
        await File.WriteAllTextAsync(file, "went on");
        return 0;
    }

    public static void Close()
    {
        for (var descriptor = 0; descriptor <= 2; descriptor++)
            if (Native.Close(descriptor) != 0)
                throw new IOException($"descriptor {descriptor} could not be closed");
    }
}
