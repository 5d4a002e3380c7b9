using System.Threading.Channels;
using ShortsDaemon.Host.Health;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Alerting;

/// <summary>
/// Tells a watcher elsewhere of start, success and failure (healthchecks.io and its like). Whoever works only leaves a note
/// here: a watcher that is slow or down never holds up work, and a ping that is lost is what it watches for anyway.
/// </summary>
internal sealed class HealthPings(LiveOptions live, AlertHttp http, TimeProvider time, ILogger<HealthPings> log)
    : BackgroundService
{
    private const int MostWaiting = 200;
    private const int Tries = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Channel<Ping> _waiting = Channel.CreateBounded<Ping>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }
    );

    /// <summary>What was wrong with the last ping; null: nothing.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Something with a check of its own below HealthPing:ProjectUrl begins.</summary>
    /// <param name="check">For instance job-backup or channel-main.</param>
    /// <returns>Ties its end to this start.</returns>
    public Guid Begin(string check)
    {
        var run = Guid.NewGuid();
        Tell(new Ping(check, PingKind.Start, run, ""));
        return run;
    }

    /// <summary>It has ended.</summary>
    /// <param name="check">As it began.</param>
    /// <param name="run">What <see cref="Begin"/> gave.</param>
    /// <param name="succeeded">How.</param>
    /// <param name="words">What it did, or why it failed.</param>
    public void End(string check, Guid run, bool succeeded, string? words) =>
        Tell(new Ping(check, succeeded ? PingKind.Success : PingKind.Fail, run, words ?? ""));

    /// <summary>The daemon itself is well, or not; goes to HealthPing:Url.</summary>
    public void Beat(bool isWell, string words) =>
        Tell(new Ping(null, isWell ? PingKind.Success : PingKind.Fail, null, words));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var ping in _waiting.Reader.ReadAllAsync(stoppingToken))
            await SendAsync(ping, stoppingToken);
    }

    private void Tell(Ping ping)
    {
        var options = live.Value.HealthPing;
        var (url, file) = ping.Check is null
            ? (options.Url, options.UrlFile)
            : (options.ProjectUrl, options.ProjectUrlFile);
        if (url.Length > 0 || file.Length > 0)
            _waiting.Writer.TryWrite(ping with { Url = url, File = file });
    }

    private async Task SendAsync(Ping ping, CancellationToken cancel)
    {
        for (var left = Tries - 1; ; left--)
        {
            try
            {
                await TryAsync(ping, cancel);
                Trouble = null;
                return;
            }
            catch (NotToldException e)
            {
                Trouble = e.Message;
                if (left == 0)
                {
                    log.LogWarning("The ping of {Check} was lost: {Reason}", ping.Check ?? "the daemon", e.Message);
                    return;
                }
            }
            await Task.Delay(Pause, time, cancel);
        }
    }

    private async Task TryAsync(Ping ping, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var root = await Secret.AddressAsync(ping.Url, ping.File, either.Token);
            using var request = new HttpRequestMessage(HttpMethod.Post, ping.At(root));
            request.Content = new StringContent(SecretFree.Text(ping.Words));
            var answer = await http.SendAsync(request, either.Token);
            answer.Require(root.AbsolutePath);
            // Such services say 200 even to what they do not know.
            if (answer.Body.StartsWith("OK (", StringComparison.Ordinal))
                throw new NotToldException($"it answered '{answer.Body[..Math.Min(answer.Body.Length, 60)]}'");
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            throw new NotToldException($"it did not answer within {Limit.TotalSeconds:0} s", inner: e);
        }
    }

    private enum PingKind
    {
        Success,
        Start,
        Fail,
    }

    private sealed record Ping(string? Check, PingKind Kind, Guid? Run, string Words)
    {
        public string Url { get; init; } = "";
        public string File { get; init; } = "";

        public Uri At(Uri root)
        {
            var path = root.GetLeftPart(UriPartial.Path).TrimEnd('/');
            if (Check is not null)
                path += $"/{Check.ToLowerInvariant()}";
            if (Kind != PingKind.Success)
                path += $"/{Kind.ToString().ToLowerInvariant()}";
            var query = new List<string>();
            if (root.Query.Length > 1)
                query.Add(root.Query[1..]);
            if (Check is not null)
                query.Add("create=1");
            if (Run is { } run)
                query.Add($"rid={run}");
            return new Uri(query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path);
        }
    }
}
