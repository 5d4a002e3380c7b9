using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using ShortsDaemon.Host.Configuration;

namespace ShortsDaemon.Host.Commands;

/// <summary>Options of every command.</summary>
internal static partial class GlobalOptions
{
    public static Option<string[]> Config { get; } =
        new("--config")
        {
            Description = "A configuration file on top of appsettings.json; may be given several times.",
            HelpName = "FILE",
            Recursive = true,
        };

    public static Option<string?> Data { get; } =
        new("--data")
        {
            Description = "The data directory: database, work folders, logs.",
            HelpName = "DIR",
            Recursive = true,
        };

    public static Option<string[]> Set { get; } =
        new("--set")
        {
            Description = "One value of the configuration, on top of all files; the words --set may be left out.",
            HelpName = "Section:Key=value",
            Recursive = true,
        };

    /// <summary>For commands that a script reads.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Answer in JSON." };

    /// <summary>Refuses 0 and less; what is no number at all is refused by the parser.</summary>
    public static void AtLeastOne(OptionResult found)
    {
        if (
            found.Tokens is [var written]
            && int.TryParse(written.Value, CultureInfo.InvariantCulture, out var number)
            && number < 1
        )
            found.AddError($"{found.Option.Name} must be at least 1.");
    }

    public static ConfigurationArguments Read(ParseResult parsed) =>
        new(parsed.GetValue(Config) ?? [], parsed.GetValue(Data), parsed.GetValue(Set) ?? []);

    /// <summary>Gives every bare Section:Key=value its --set, wherever it stands: it must never be taken for FILE or ITEM.</summary>
    public static IReadOnlyList<string> NameOverrides(IReadOnlyList<string> arguments) =>
        [
            .. arguments.SelectMany(
                (word, i) =>
                    Override().IsMatch(word) && (i == 0 || arguments[i - 1] != Set.Name)
                        ? [Set.Name, word]
                        : new[] { word }
            ),
        ];

    // Section:Key=value, with or without dashes: a single value of the configuration.
    [GeneratedRegex(@"^(--)?\w+(:[\w-]+)+=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Override();
}
