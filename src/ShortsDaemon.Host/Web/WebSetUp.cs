using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using ShortsDaemon.Host.Web.Access;
using ShortsDaemon.Host.Web.Api;
using ShortsDaemon.Host.Web.Calendar;
using ShortsDaemon.Host.Web.Channels;
using ShortsDaemon.Host.Web.Insights;
using ShortsDaemon.Host.Web.Machine;
using ShortsDaemon.Host.Web.Now;
using ShortsDaemon.Host.Web.Review;
using ShortsDaemon.Host.Web.Security;
using ShortsDaemon.Host.Web.Shorts;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Flow;

namespace ShortsDaemon.Host.Web;

/// <summary>The control room: its pages, and who may see them.</summary>
internal static class WebSetUp
{
    private static readonly TimeSpan HttpsOnly = TimeSpan.FromDays(365);

    /// <summary>Needs the pipeline and health among the services.</summary>
    public static IServiceCollection AddControlRoom(this IServiceCollection services, LiveOptions live, DataFolder data)
    {
        services.AddRazorComponents();
        services.AddSingleton<UnderWay>().AddSingleton<NowReader>().AddSingleton<NowFeed>();
        services.AddShorts().AddSystem().AddReview();
        services.AddCalendar().AddChannels().AddInsights();
        services.AddSingleton<EventShelf>().AddSingleton<EventFeed>();
        return services.AddRoomSecurity(live.Value.Web, data);
    }

    private static IServiceCollection AddRoomSecurity(this IServiceCollection services, WebOptions web, DataFolder data)
    {
        services
            .AddDataProtection()
            .SetApplicationName("ShortsDaemon")
            .PersistKeysToFileSystem(new DirectoryInfo(data.Keys));
        services
            .AddAuthentication(Sessions.AnyScheme)
            .AddPolicyScheme(Sessions.AnyScheme, null, any => any.ForwardDefaultSelector = Sessions.SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddCookie(cookie => Sessions.Configure(cookie, TimeSpan.FromHours(web.SessionHours)));
        services.AddAntiforgery(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddHsts(https => https.MaxAge = HttpsOnly);
        services
            .AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().AddRequirements(new RoomAccess.Requirement()).Build());
        services.AddSingleton<Accounts>().AddSingleton<IAuthorizationHandler, RoomAccess>();
        services
            .AddSingleton<Tokens>()
            .AddSingleton<TokenUses>()
            .AddSingleton<TokenGuesses>()
            .AddSingleton<AccessReader>();
        services.AddClientLimits(web).AddApiDescription();
        return ReadKeysLate(services);
    }

    // The framework would read the keys at the start, and load all that reads XML for it (5 MB); the first visit does.
    private static IServiceCollection ReadKeysLate(IServiceCollection services)
    {
        var early = services.Where(s => s.ImplementationType?.Name == "DataProtectionHostedService").ToList();
        foreach (var service in early)
            services.Remove(service);
        return services;
    }

    /// <summary>Every page asks for <see cref="RoomAccess"/> unless it says otherwise.</summary>
    public static WebApplication MapControlRoom(this WebApplication app)
    {
        app.Services.GetRequiredService<UnderWay>().Start();
        AskInTheRoomOnly(app);
        var room = new FirstVisit(app, Furnish);
        app.Use((http, next) => IsForMachines(http.Request.Path) ? next(http) : room.VisitAsync(http));
        return app;
    }

    // The web application would by itself ask who it is before all else: before a proxy is known, a limit has counted and a
    // damaged file can be told of; and for health as well. It leaves out what it believes to be there.
    private static void AskInTheRoomOnly(IApplicationBuilder app)
    {
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.Properties["__AuthorizationMiddlewareSet"] = true;
    }

    private static void Furnish(IApplicationBuilder app)
    {
        var live = app.ApplicationServices.GetRequiredService<LiveOptions>();
        app.UseKnownProxies(live).UseSecurityHeaders().UseHsts().UseKnownHosts(live).UseUnreadableAccounts(live);
        app.UseApiProblems();
        app.UseRouting().UseRateLimiter().UseBodyLimit();
        app.UseAuthentication().UseAuthorization().UseAntiforgery();
        app.UseEndpoints(endpoints => MapPages(endpoints.MapGroup("").RequireAuthorization()));
    }

    private static void MapPages(RouteGroupBuilder room)
    {
        room.MapWebFiles();
        room.MapSessions();
        room.MapGet("/", ShowNowAsync);
        room.MapGet(
                "/live/now",
                (NowFeed feed, CancellationToken cancel) => TypedResults.ServerSentEvents(feed.FollowAsync(cancel))
            )
            .RequireRateLimiting(ClientLimits.Streams);
        room.MapShorts();
        room.MapCalendar();
        room.MapInsights();
        room.MapSystem();
        room.MapReview();
        room.MapChannels();
        room.MapAccess();
        room.MapApi();
    }

    private static async Task<RazorComponentResult> ShowNowAsync(NowReader now, CancellationToken cancel) =>
        new RazorComponentResult<NowPage>(new { Reading = await now.ReadAsync(cancel) });

    // Health and metrics have been there before the pages, under any name, and are asked for often.
    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/health", StringComparison.Ordinal)
        || path.StartsWithSegments("/metrics", StringComparison.Ordinal);
}
