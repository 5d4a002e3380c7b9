using System.Text.Json;
using Microsoft.Extensions.Configuration.Json;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Configuration;

/// <summary>One JSON file, read once. What is wrong with it is a problem with file and line, never an exception.</summary>
internal static class JsonFile
{
    public static (IReadOnlyDictionary<string, string?>? Values, ConfigurationProblem? Problem) Read(string file)
    {
        try
        {
            return (new Parser(File.ReadAllBytes(file)).Values, null);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return (
                null,
                new(file, "there is no such file", "Correct the name behind --config, or put the file there.")
            );
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return (
                null,
                new(file, $"it cannot be read: {FirstSentence(closed)}", "Let the user of the daemon read it.")
            );
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            return (null, Broken(file, broken));
        }
    }

    private static ConfigurationProblem Broken(string file, Exception broken)
    {
        var json = broken as JsonException ?? broken.InnerException as JsonException;
        var line = json?.LineNumber is { } zeroBased ? $"line {zeroBased + 1}: " : "";
        var what = $"{line}{FirstSentence(json ?? broken)}";
        return new(file, what, "Correct the JSON there; comments and trailing commas are fine.");
    }

    /// <summary>The rest repeats the position or the path.</summary>
    private static string FirstSentence(Exception broken) => broken.Message.Split(". ", 2)[0].TrimEnd('.');

    private sealed class Parser : JsonStreamConfigurationProvider
    {
        public Parser(byte[] text)
            : base(new())
        {
            using var stream = new MemoryStream(text);
            Load(stream);
        }

        public IReadOnlyDictionary<string, string?> Values =>
            new Dictionary<string, string?>(Data, StringComparer.OrdinalIgnoreCase);
    }
}
