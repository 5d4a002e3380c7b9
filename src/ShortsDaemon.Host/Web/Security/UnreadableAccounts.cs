using ShortsDaemon.Host.Web.Api;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>While it cannot be read who may enter, nobody does; the answer tells why. The place of the file is told to the log only.</summary>
internal static class UnreadableAccounts
{
    public static IApplicationBuilder UseUnreadableAccounts(this IApplicationBuilder app, LiveOptions live) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    await next(http);
                }
                catch (CredentialException e) when (!http.Response.HasStarted)
                {
                    LogOf(http).LogError("The control room lets nobody in: {Reason}", e.Message);
                    await Answer(http, WithoutFolder(e.Message, live)).ExecuteAsync(http);
                }
            }
        );

    private static IResult Answer(HttpContext http, string reason)
    {
        const string Mend = "Whoever runs this machine can mend it; the daemon's log tells where the file is.";
        var what = $"Nobody can be let in: {reason}.";
        return ApiSetUp.IsApi(http.Request.Path)
            ? ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, what, Mend)
            : Results.Text($"{what}\n{Mend}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string WithoutFolder(string message, LiveOptions live) =>
        message.Replace(
            live.Value.Daemon.CredentialsDirectory.TrimEnd('/') + '/',
            "",
            StringComparison.OrdinalIgnoreCase
        );

    private static ILogger LogOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(UnreadableAccounts));
}
