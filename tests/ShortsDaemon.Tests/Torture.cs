namespace ShortsDaemon.Tests;

/// <summary>Tests of many minutes: `./test --long` runs them whole, each `./test` a share of them.</summary>
internal static class Torture
{
    public static bool IsLong => Environment.GetEnvironmentVariable("SHORTSDAEMON_LONG") == "1";
}
