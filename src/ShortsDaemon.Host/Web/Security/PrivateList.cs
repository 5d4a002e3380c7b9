using System.Text.Json;
using System.Text.Json.Serialization;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>A list in a file that only the daemon's user may reach. It is read anew each time: commands change it under way.</summary>
/// <param name="path">It need not be there.</param>
/// <param name="mend">What to do when it is damaged.</param>
internal sealed class PrivateList<T>(string path, string mend)
    where T : class
{
    // An entry without its name would be found out too late.
    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="CredentialException">It is damaged, cannot be read, or others may reach it. What stands in it is not told.</exception>
    public IReadOnlyList<T> Read()
    {
        if (!File.Exists(path))
            return [];
        try
        {
            SecretFile.RequirePrivate(path);
            var entries = JsonSerializer.Deserialize<List<T?>>(File.ReadAllText(path), Strict);
            return entries?.Contains(null) == false ? [.. entries.OfType<T>()] : throw Damaged("an entry is missing");
        }
        catch (JsonException e)
        {
            throw Damaged($"line {e.LineNumber + 1}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException($"'{path}' cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    public Task WriteAsync(IReadOnlyCollection<T> entries, CancellationToken cancel) =>
        SecretFile.WriteAsync(path, JsonSerializer.Serialize(entries, Strict), cancel);

    private CredentialException Damaged(string where, Exception? inner = null) =>
        new($"'{path}' is damaged ({where}); {mend}", inner);
}
