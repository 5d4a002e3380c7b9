using System.Collections;
using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ShortsDaemon.Host.Commands.Doctor;

namespace ShortsDaemon.Host.Commands.Support;

/// <summary>Every secret this machine knows, so that it can be taken out wherever it turns up.</summary>
internal static partial class KnownSecrets
{
    private const long LargestFile = 1024 * 1024;

    // Many a variable with such a name holds yes, none or a number.
    private const int ShortestVariable = 8;

    /// <param name="patient">Configuration and its files.</param>
    /// <param name="environment">Variables by name.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(
        Patient patient,
        IDictionary environment,
        CancellationToken cancel
    )
    {
        List<string> found = [.. OptionsTree.SecretsOf(patient.Options), .. OfConnection(patient)];
        foreach (DictionaryEntry variable in environment)
            if (
                SecretName().IsMatch((string)variable.Key)
                && variable.Value is string { Length: >= ShortestVariable } value
            )
                found.Add(value);
        foreach (var file in Files(patient))
            found.AddRange(await OfFileAsync(file, cancel));
        found.AddRange(await SessionsAsync(patient, cancel));
        return found;
    }

    private static IEnumerable<string> Files(Patient patient) =>
        SecretFiles
            .Of(patient)
            .Concat(patient.Options.Receivers.SelectMany(receiver => receiver.SecretFiles))
            .Append(patient.Options.YouTube.ClientSecretFile)
            .Where(File.Exists)
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> OfConnection(Patient patient)
    {
        var connection = new DbConnectionStringBuilder();
        try
        {
            connection.ConnectionString = patient.Options.Storage.ConnectionString;
        }
        catch (ArgumentException)
        {
            return []; // the line about the configuration says so
        }
        return connection.TryGetValue("Password", out var password) ? [password.ToString()!] : [];
    }

    private static async Task<IEnumerable<string>> OfFileAsync(string file, CancellationToken cancel)
    {
        if (new FileInfo(file).Length > LargestFile)
            return [];
        var text = await ReadAsync(file, cancel);
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. Leaves(json.RootElement, "")];
        }
        catch (JsonException)
        {
            return [text];
        }
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // what we may not read cannot get into the bundle from here; doctor names the file
        }
    }

    // A field nobody here has heard of is a secret until somebody says that it is none.
    private static IEnumerable<string> Leaves(JsonElement element, string name) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Leaves(field.Value, field.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(entry => Leaves(entry, name)),
            JsonValueKind.String when !PublicName().IsMatch(name) => [element.GetString()!],
            _ => [],
        };

    private static async Task<IReadOnlyList<string>> SessionsAsync(Patient patient, CancellationToken cancel)
    {
        await using var database = new ReadOnlyDatabase(patient.Options.Storage);
        if (!database.Exists)
            return [];
        try
        {
            return await database
                .Content.Publications.Where(publication => publication.SessionUri != null)
                .Select(publication => publication.SessionUri!)
                .ToListAsync(cancel);
        }
        catch (Exception e) when (e.GetBaseException() is SqliteException)
        {
            return []; // damaged or of another version: nothing of its rows gets into the bundle
        }
    }

    [GeneratedRegex(
        "token|secret|passw|passphrase|credential|auth|cookie|private|key$|url$|pwd$",
        RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretName();

    [GeneratedRegex(
        "^(client_?id|user_?id|login|display_?name|channel_?id|channel_?title|scopes?|token_?type|type|project_?id|.*_uris?|.*_url|universe_domain|expiry|issued_?at|obtained_?at|expires_?at|login_?needed|javascript_origins)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PublicName();
}
