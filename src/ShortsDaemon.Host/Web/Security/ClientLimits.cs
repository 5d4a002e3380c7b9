using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ShortsDaemon.Host.Web.Api;
using ShortsDaemon.Pipeline.Configuration;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>How much one client may ask of the room: requests, open streams, bytes, and time to send them.</summary>
internal static class ClientLimits
{
    /// <summary>Limit of streams that stay open, by client.</summary>
    public const string Streams = "streams";

    /// <summary>Bytes of a body. An endpoint that takes more says so by <see cref="IRequestSizeLimitMetadata"/>.</summary>
    public const long LargestBody = 64 * 1024;

    private const double LeastBytesPerSecond = 240;
    private const int UnknownWaitSeconds = 10;
    private static readonly TimeSpan HeadersTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BodyGrace = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddClientLimits(this IServiceCollection services, WebOptions web) =>
        services
            .Configure<KestrelServerOptions>(Limit)
            .AddRateLimiter(limits =>
            {
                limits.OnRejected = (rejected, _) =>
                    new(TooMany(rejected.HttpContext, rejected.Lease).ExecuteAsync(rejected.HttpContext));
                limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                    RequestsOf(http, web.RequestsPerMinute)
                );
                limits.AddPolicy(Sessions.LoginLimit, Sessions.LimitOf);
                limits.AddPolicy(Streams, http => StreamsOf(http, web.StreamsPerClient));
            });

    /// <summary>A body that says beforehand that it is too large is not read at all. Needs the endpoint to be known.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) =>
        app.Use(
            (http, next) =>
            {
                var most = http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
                return http.Request.ContentLength > most ? TooLarge(http, most.Value).ExecuteAsync(http) : next(http);
            }
        );

    /// <returns>The answer to whoever has to wait.</returns>
    public static IResult TooMany(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time)
            ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds))
            : UnknownWaitSeconds;
        http.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return Refusal(http, StatusCodes.Status429TooManyRequests, "Too many requests.", $"Try again in {wait} s.");
    }

    private static IResult TooLarge(HttpContext http, long most) =>
        Refusal(http, StatusCodes.Status413PayloadTooLarge, "The request is too large.", $"Send at most {most} bytes.");

    private static IResult Refusal(HttpContext http, int status, string what, string mend) =>
        ApiSetUp.IsApi(http.Request.Path)
            ? ApiProblem.Of(status, what, mend)
            : Results.Text($"{what} {mend}", statusCode: status);

    private static RateLimitPartition<string> RequestsOf(HttpContext http, int perMinute) =>
        RateLimitPartition.GetTokenBucketLimiter(
            Visitor.ClientOf(http),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }
        );

    private static RateLimitPartition<string> StreamsOf(HttpContext http, int most) =>
        RateLimitPartition.GetConcurrencyLimiter(
            Visitor.ClientOf(http),
            _ => new ConcurrencyLimiterOptions { PermitLimit = most }
        );

    private static void Limit(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = LargestBody;
        server.Limits.RequestHeadersTimeout = HeadersTime;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(LeastBytesPerSecond, BodyGrace);
    }
}
