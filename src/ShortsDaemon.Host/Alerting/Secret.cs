using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Alerting;

/// <summary>A secret that stands in the configuration or in a file of its own.</summary>
internal static class Secret
{
    /// <exception cref="NotToldException">The file cannot be used.</exception>
    public static async Task<string> ReadAsync(string value, string file, CancellationToken cancel)
    {
        if (file.Length == 0)
            return value.Trim();
        try
        {
            var text = (await SecretFile.ReadAsync(file, cancel)).Trim();
            return text.Length > 0 && !text.Any(char.IsControl)
                ? text
                : throw new NotToldException($"'{file}' should hold one line with the secret and nothing else");
        }
        catch (Exception e) when (e is CredentialException or IOException or UnauthorizedAccessException)
        {
            throw new NotToldException(e.Message, inner: e);
        }
    }

    /// <exception cref="NotToldException">The file cannot be used, or holds no address.</exception>
    public static async Task<Uri> AddressAsync(string value, string file, CancellationToken cancel)
    {
        var address = await ReadAsync(value, file, cancel);
        return SecretAddress.WrongWith(address) is { } what
            ? throw new NotToldException($"the address in '{file}' cannot be used: {what}")
            : new Uri(address);
    }
}
