using System.Net;
using System.Net.Sockets;

namespace ShortsDaemon.Host.Commands.Doctor;

/// <summary>The health page has its address for itself.</summary>
internal sealed class PortCheck : DoctorCheck
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    public override string Name => "address";

    public override async Task<IReadOnlyList<DoctorLine>> LookAsync(Patient patient, CancellationToken cancel)
    {
        List<DoctorLine> lines = [];
        foreach (var url in patient.Options.Daemon.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (Uri.TryCreate(Concrete(url.Trim()), UriKind.Absolute, out var address))
                lines.Add(await LookAsync(patient, address, cancel));
        return lines;
    }

    private async Task<DoctorLine> LookAsync(Patient patient, Uri address, CancellationToken cancel)
    {
        if (await BindProblemAsync(address, cancel) is not { } problem)
            return Ok($"{address.Authority} is free");
        if (problem != SocketError.AddressAlreadyInUse)
            return Fail($"{address.Authority} cannot be used: {problem}", "Choose another address in Daemon:Urls.");
        if (!InstanceLock.IsHeld(patient.Data))
            return Fail(
                $"{address.Authority} is used by another program",
                "Stop that program, or choose another port in Daemon:Urls."
            );
        return await AnswersAsync(address, cancel)
            ? Ok($"{address.Authority} is used by the running daemon")
            : Warn($"{address.Authority} is in use, but does not answer", "Look at the log of the daemon.");
    }

    private static async Task<SocketError?> BindProblemAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            var host = IPAddress.TryParse(address.IdnHost, out var known)
                ? known
                : (await Dns.GetHostAddressesAsync(address.IdnHost, cancel))[0];
            using var listener = new TcpListener(host, address.Port);
            listener.Start();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = LongestAnswer };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "/health/live"), cancel);
            return true;
        }
        catch (Exception e)
            when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    // Kestrel's way to say every address of this machine.
    private static string Concrete(string url) =>
        url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal)
            .Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
}
