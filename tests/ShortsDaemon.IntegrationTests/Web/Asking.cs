using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.IntegrationTests.Web;

/// <summary>Requests of other clients than a browser on this machine.</summary>
internal static class Asking
{
    /// <param name="room">Takes 127.0.0.1 for a proxy when it is to be another client.</param>
    /// <param name="method">GET, POST…</param>
    /// <param name="path">What is asked for.</param>
    /// <param name="token">A token; null: none.</param>
    /// <param name="client">Its address, as a proxy tells it; null: this machine.</param>
    /// <param name="headers">More of them.</param>
    public static async Task<HttpResponseMessage> AskAsync(
        this Room room,
        string method,
        string path,
        string? token = null,
        string? client = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (client is not null)
            request.Headers.Add("X-Forwarded-For", client);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await room.Browser.SendAsync(request);
    }

    /// <summary>Sends the text as it is, and nothing more.</summary>
    /// <returns>All that came until the server closed; it has 10 s.</returns>
    public static async Task<string> SendRawAsync(this Room room, string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var client = new TcpClient();
        await client.ConnectAsync(room.Address.Host, room.Address.Port, limit.Token);
        await client.Client.SendAsync(Encoding.UTF8.GetBytes(text), limit.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(limit.Token);
    }
}
