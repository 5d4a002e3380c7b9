using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShortsDaemon.Host.Commands.Auth;

/// <summary>Waits for the code of a consent page: on a loopback port, and for what somebody pastes.</summary>
internal sealed class CodeReceiver : IDisposable
{
    private readonly HttpListener _listener = new();

    /// <param name="port">0: any free one.</param>
    /// <exception cref="HttpListenerException">Somebody else listens there.</exception>
    public CodeReceiver(int port)
    {
        Port = port > 0 ? port : FreePort();
        _listener.Prefixes.Add(Redirect);
        _listener.Start();
    }

    public int Port { get; }

    /// <summary>Where the browser has to be sent.</summary>
    public string Redirect => FormattableString.Invariant($"http://127.0.0.1:{Port}/");

    /// <param name="state">What the link carried.</param>
    /// <param name="pasted">Lines that somebody types; its end ends nothing, the browser may still come.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The code.</returns>
    public async Task<string> ReceiveAsync(string state, TextReader pasted, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task<string>[] ways = [FromBrowserAsync(state, over.Token), FromPasteAsync(state, pasted, over.Token)];
        try
        {
            return await await Task.WhenAny(ways);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task<string> FromBrowserAsync(string state, CancellationToken cancel)
    {
        while (true)
        {
            var http = await _listener.GetContextAsync().WaitAsync(cancel);
            try
            {
                var code = ConsentAnswer.CodeInQuery(http.Request.Url?.Query ?? "", state);
                await AnswerAsync(
                    http,
                    code is null ? 404 : 200,
                    code is null ? "Not here." : "Done. You can close this page."
                );
                if (code is not null)
                    return code;
            }
            catch (Pipeline.Credentials.CredentialException e)
            {
                await AnswerAsync(http, 400, e.Message + ".");
                throw;
            }
        }
    }

    private static async Task<string> FromPasteAsync(string state, TextReader pasted, CancellationToken cancel)
    {
        // The console blocks, whatever it is asked.
        while (await Task.Run(pasted.ReadLine, cancel).WaitAsync(cancel) is { } line)
            if (ConsentAnswer.CodeIn(line, state) is { } code)
                return code;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        return ""; // never reached
    }

    private static async Task AnswerAsync(HttpListenerContext http, int status, string words)
    {
        var page = Encoding.UTF8.GetBytes(
            $"<!doctype html><title>ShortsDaemon</title><p>{WebUtility.HtmlEncode(words)}</p>"
        );
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength64 = page.Length;
        await http.Response.OutputStream.WriteAsync(page);
        http.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
