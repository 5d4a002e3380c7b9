using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ShortsDaemon.Host.Web.Now;

/// <summary>Sends the first page's board to all who look at it, whenever it has changed. It is read and drawn once for all.</summary>
internal sealed class NowFeed(
    IServiceScopeFactory scopes,
    UnderWay underWay,
    IHostApplicationLifetime lifetime,
    TimeProvider time
) : IDisposable
{
    /// <summary>How often it is looked whether something moves.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // Queue, health and times change without an event.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private Drawn? _drawn;

    /// <summary>HTML of the board, at first at once, until the reader goes away.</summary>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        // A page that stays open must not hold up the end of the daemon.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Pace, time);
        var sent = "";
        while (await NextAsync(sent, timer, either.Token) is { } board)
        {
            sent = board;
            yield return new SseItem<string>(board, "board");
        }
    }

    /// <returns>The board once it is another one; null: the reader has gone, or the daemon ends.</returns>
    private async Task<string?> NextAsync(string sent, PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            if (sent.Length > 0)
                await timer.WaitForNextTickAsync(end);
            string board;
            while ((board = await CurrentAsync(end)) == sent)
                await timer.WaitForNextTickAsync(end);
            return board;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> CurrentAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (_drawn is null || IsOld(_drawn))
                _drawn = await DrawAsync(cancel);
            return _drawn.Html;
        }
        finally
        {
            _one.Release();
        }
    }

    private bool IsOld(Drawn drawn)
    {
        var age = time.GetElapsedTime(drawn.At);
        return age >= Longest || (age >= Pace / 2 && drawn.Version != underWay.Version);
    }

    private async Task<Drawn> DrawAsync(CancellationToken cancel)
    {
        var (at, version) = (time.GetTimestamp(), underWay.Version);
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var reading = await services.GetRequiredService<NowReader>().ReadAsync(cancel);
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(
                new Dictionary<string, object?> { [nameof(NowBoard.Reading)] = reading }
            );
            return (await renderer.RenderComponentAsync<NowBoard>(parameters)).ToHtmlString();
        });
        return new Drawn(html, version, at);
    }

    /// <param name="Html">The board.</param>
    /// <param name="Version">Of what was under way.</param>
    /// <param name="At">Timestamp.</param>
    private sealed record Drawn(string Html, long Version, long At);
}
