using System.Threading.RateLimiting;
using ShortsDaemon.Host.Web.Api;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Bad tokens are counted by client, like bad logins. A good one is taken even then: it has 256 random bits, so what the
/// limit spares is the log, and a forgotten script must not shut out the others of its machine.
/// </summary>
internal sealed class TokenGuesses(ILogger<TokenGuesses> log) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _tries = PartitionedRateLimiter.Create<HttpContext, string>(
        Sessions.LimitOf
    );

    /// <returns>What the sender of a bad token is told.</returns>
    public IResult Refuse(HttpContext http)
    {
        using var lease = _tries.AttemptAcquire(http);
        if (!lease.IsAcquired)
            return ClientLimits.TooMany(http, lease);
        log.LogWarning("A bad token came from {Client}", Visitor.ClientOf(http));
        return TokenAuthentication.Unknown("There is no such token.");
    }

    public void Dispose() => _tries.Dispose();
}
