using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using ShortsDaemon.Host.Web.Api;
using ShortsDaemon.Host.Web.Machine;
using ShortsDaemon.Host.Web.Now;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web;

/// <summary>The control room: its pages, and who may see them.</summary>
internal static class WebSetUp
{
    /// <summary>Needs the pipeline and health among the services.</summary>
    public static IServiceCollection AddControlRoom(this IServiceCollection services, LiveOptions live, DataFolder data)
    {
        services.AddRazorComponents();
        services.AddSingleton<UnderWay>().AddSingleton<NowReader>().AddSingleton<NowFeed>();
        services.AddShorts().AddSystem();
        return services.AddRoomSecurity(live.Value.Web, data);
    }

    private static IServiceCollection AddRoomSecurity(this IServiceCollection services, WebOptions web, DataFolder data)
    {
        services
            .AddDataProtection()
            .SetApplicationName("ShortsDaemon")
            .PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie => Sessions.Configure(cookie, TimeSpan.FromHours(web.SessionHours)));
        services
            .AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().AddRequirements(new RoomAccess.Requirement()).Build());
        services.AddSingleton<Accounts>().AddSingleton<IAuthorizationHandler, RoomAccess>();
        return services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(Sessions.LoginLimit, Sessions.LimitOf);
        });
    }

    /// <summary>Every page asks for <see cref="RoomAccess"/> unless it says otherwise.</summary>
    public static WebApplication MapControlRoom(this WebApplication app)
    {
        app.Services.GetRequiredService<UnderWay>().Start();
        app.UseWhen(
            http => !IsForMachines(http.Request.Path),
            room => room.UseSecurityHeaders().UseKnownHosts(app.Services.GetRequiredService<LiveOptions>())
        );
        app.UseApiProblems();
        // Said aloud: by itself routing would come first, and send a browser to the login before anything else is asked.
        app.UseRouting().UseAuthentication().UseAuthorization().UseRateLimiter().UseAntiforgery();
        var room = app.MapGroup("").RequireAuthorization();
        room.MapWebFiles();
        room.MapSessions();
        room.MapGet("/", ShowNowAsync);
        room.MapGet(
            "/live/now",
            (NowFeed feed, CancellationToken cancel) => TypedResults.ServerSentEvents(feed.FollowAsync(cancel))
        );
        room.MapShorts();
        room.MapSystem();
        room.MapApi();
        return app;
    }

    private static async Task<RazorComponentResult> ShowNowAsync(NowReader now, CancellationToken cancel) =>
        new RazorComponentResult<NowPage>(new { Reading = await now.ReadAsync(cancel) });

    // Health and metrics have been there before the pages, under any name, and are asked for often.
    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal)
        || path.StartsWithSegments("/metrics", StringComparison.Ordinal);
}
