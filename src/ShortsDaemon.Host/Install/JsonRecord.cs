using System.Text.Json;
using System.Text.Json.Serialization;
using ShortsDaemon.Pipeline.Publish.Folder;

namespace ShortsDaemon.Host.Install;

/// <summary>A small file that is always whole: the record of an installation, or the journal of an upgrade.</summary>
internal sealed class JsonRecord<T>(string path)
    where T : class
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <returns>Null: there is none.</returns>
    /// <exception cref="InstallException">It cannot be read.</exception>
    public T? Read()
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Format)
                ?? throw new InstallException($"'{path}' is empty.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InstallException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    public Task WriteAsync(T record, CancellationToken cancel) =>
        DurableFile.WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(record, Format), cancel);

    public void Remove() => File.Delete(path);
}
