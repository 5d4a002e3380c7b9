using System.Net;
using NUnit.Framework;
using ShortsDaemon.Host.Metrics;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Pipeline.Publish.YouTube.Uploading;

namespace ShortsDaemon.Tests.Metrics;

/// <summary>What is counted while work goes on. Names of their own keep other tests out.</summary>
[NonParallelizable] // uploads of other tests count, too
internal sealed class CallCountTests
{
    private const string Provider = "Counted";

    [Test]
    public async Task Calls_are_counted_by_how_they_ended()
    {
        using var tally = new Tally(FlowMeter.Meter);
        int[] statuses = [200, 308, 404, 401, 429, 500, 503];
        foreach (var status in statuses)
            await AskAsync(() => new HttpResponseMessage((HttpStatusCode)status));
        Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(() => throw new HttpRequestException("no route")));
        using var stopped = new CancellationTokenSource();
        Assert.ThrowsAsync<OperationCanceledException>(() =>
            AskAsync(
                () =>
                {
                    stopped.Cancel();
                    throw new OperationCanceledException();
                },
                stopped.Token
            )
        );

        Assert.That(
            Of(tally, "shortsdaemon_api_calls_total", Provider),
            Is.EquivalentTo(
                new Dictionary<string, double>
                {
                    ["ok"] = 2,
                    ["refused"] = 2,
                    ["limited"] = 1,
                    ["failed"] = 2,
                    ["unreachable"] = 1,
                    ["given_up"] = 1,
                }
            )
        );
    }

    [Test]
    public async Task Bytes_are_counted_as_they_leave_also_when_they_are_sent_again()
    {
        using var tally = new Tally(FlowMeter.Meter);
        using var content = new PacedContent(
            new ByteArrayContent(new byte[100_000]),
            new Pace(bytesPerSecond: 0, TimeProvider.System),
            () => { }
        );
        var before = Of(tally, "shortsdaemon_uploaded_bytes_total").GetValueOrDefault("YouTube");

        await content.CopyToAsync(Stream.Null);
        await content.CopyToAsync(Stream.Null);

        Assert.That(Of(tally, "shortsdaemon_uploaded_bytes_total")["YouTube"] - before, Is.EqualTo(200_000));
    }

    private static async Task AskAsync(Func<HttpResponseMessage> answer, CancellationToken cancel = default)
    {
        using var client = new HttpMessageInvoker(new CallCount(Provider) { InnerHandler = new Wire(answer) });
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1/");
        using var response = await client.SendAsync(request, cancel);
    }

    private static Dictionary<string, double> Of(Tally tally, string name, string? first = null) =>
        tally
            .Read()
            .Single(f => f.Name == name)
            .Samples.Where(s => first is null || s.Labels[0].Value == first)
            .ToDictionary(s => s.Labels[^1].Value, s => s.Value);

    private sealed class Wire(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(answer());
    }
}
