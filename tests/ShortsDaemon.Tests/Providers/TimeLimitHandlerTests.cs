using NUnit.Framework;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Providers;
using ShortsDaemon.Tests.Flow;

namespace ShortsDaemon.Tests.Providers;

internal sealed class TimeLimitHandlerTests
{
    private StallingServer _silent = null!;
    private FlowWorld _world = null!;

    [SetUp]
    public void MakeWorld() => (_silent, _world) = (new StallingServer(), new FlowWorld());

    [TearDown]
    public void CleanUp()
    {
        _silent.Dispose();
        _world.Dispose();
    }

    [Test]
    public void A_provider_that_begins_an_answer_and_falls_silent_opens_its_breaker()
    {
        using var client = Client(TimeSpan.FromMilliseconds(100));
        for (var call = 0; call < 5; call++)
        {
            var e = Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(_silent.Address));
            Assert.That(e!.Message, Is.EqualTo("YouTube GET / did not answer within 0.1 s"));
        }
        Assert.ThrowsAsync<NotYetException>(() => client.GetAsync(_silent.Address));
    }

    [Test]
    public void A_caller_who_gives_up_is_no_silence()
    {
        using var client = Client(TimeSpan.FromMinutes(1));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.That(
            () => client.GetAsync(_silent.Address, soon.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private HttpClient Client(TimeSpan limit) =>
        new(
            new BreakerHandler("YouTube", _world.Get<Breakers>())
            {
                InnerHandler = new TimeLimitHandler("YouTube", limit) { InnerHandler = new SocketsHttpHandler() },
            }
        );
}
