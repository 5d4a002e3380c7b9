using System.Net;
using System.Net.Http.Headers;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Download;

/// <summary>Brings a clip's file from the signed address of the official download: piece by piece, with all its limits.</summary>
internal sealed class OfficialDownload(ProviderClients clients, LiveOptions options, TimeProvider time)
{
    /// <summary>The files lie on other hosts than the API: a breaker of their own.</summary>
    public const string Provider = "TwitchFiles";

    private const int MostCuts = 10;

    internal DownloadPace Pace { get; init; } = DownloadPace.Default;

    internal TimeSpan PauseAfterCut { get; init; } = TimeSpan.FromSeconds(1);

    /// <param name="address">The signed address.</param>
    /// <param name="folder">Existing folder for what has arrived so far; kept between tries.</param>
    /// <param name="path">Gets the whole file.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False: the address has expired.</returns>
    /// <exception cref="Media.RefusedMediaException">It is too large.</exception>
    /// <exception cref="ClipFileException">Something else came in its place.</exception>
    /// <exception cref="UnavailableException">It did not arrive; the next try goes on from there.</exception>
    public async Task<bool> TryFetchAsync(Uri address, string folder, string path, CancellationToken cancel)
    {
        var seconds = options.Value.Twitch.DownloadSeconds;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var partial = PartialDownload.Open(folder);
        try
        {
            if (!await ArrivesAsync(address, partial, either.Token))
                return false;
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ProviderDownException(
                FormattableString.Invariant(
                    $"the clip's file did not arrive within {seconds:0.#} s (Twitch:DownloadSeconds)"
                ),
                e
            );
        }
        File.Move(partial.File, path);
        partial.Drop();
        return true;
    }

    private async Task<bool> ArrivesAsync(Uri address, PartialDownload partial, CancellationToken cancel)
    {
        for (var cuts = 0; cuts <= MostCuts; cuts++)
        {
            if (cuts > 0)
                await Task.Delay(PauseAfterCut, time, cancel);
            switch (await AskAsync(address, partial, cancel))
            {
                case Arrival.Whole:
                    return true;
                case Arrival.Expired:
                    return false;
            }
        }
        throw new ProviderDownException($"the connection that brings the clip's file was cut {MostCuts + 1} times");
    }

    private async Task<Arrival> AskAsync(Uri address, PartialDownload partial, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (partial.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(partial.Length, to: null);
            request.Headers.IfRange = partial.Validator;
        }
        using var slow = new CancellationTokenSource(Pace.Window, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, slow.Token);
        try
        {
            using var answer = await clients
                .ForFilesOf(Provider)
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await TakeAsync(answer, partial, slow, either.Token);
        }
        catch (OperationCanceledException e) when (slow.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new ProviderDownException($"the clip's file comes too slowly: {Pace}", e);
        }
    }

    private async Task<Arrival> TakeAsync(
        HttpResponseMessage answer,
        PartialDownload partial,
        CancellationTokenSource slow,
        CancellationToken cancel
    )
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                partial.Begin(answer);
                break;
            case HttpStatusCode.PartialContent when Continues(answer, partial):
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                partial.Drop();
                return Arrival.Cut;
            case HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return Arrival.Expired;
            default:
                throw Refusal(answer.StatusCode);
        }
        ClipBody.RequireVideo(answer);
        ClipSize.Require(partial.Total ?? 0, options.Value.Twitch);
        var body = new ClipBody(options.Value.Twitch, Pace, slow);
        return await body.SaveAsync(answer, partial, cancel) ? Arrival.Whole : Arrival.Cut;
    }

    // The platform's own trouble passes; any other answer is about this file.
    private static Exception Refusal(HttpStatusCode status)
    {
        var words = $"the clip's file was asked for, and the answer was {(int)status}";
        return (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            ? new UnavailableException(words)
            : new ClipFileException(words);
    }

    private static bool Continues(HttpResponseMessage answer, PartialDownload partial)
    {
        var range = answer.Content.Headers.ContentRange;
        if (range?.From != partial.Length || (partial.Total is { } known && range.Length != known))
            return false;
        partial.Total = range.Length;
        return true;
    }

    private enum Arrival
    {
        Whole,
        Cut,
        Expired,
    }
}
