using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ShortsDaemon.Host.Web.Api;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>Logging in and out.</summary>
internal static class Sessions
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string StampClaim = "stamp";

    /// <summary>Chooses between cookie and token.</summary>
    public const string AnyScheme = "any";

    /// <summary>Limit of tries, by client.</summary>
    public const string LoginLimit = "login";
    private const int MostTries = 10;
    private static readonly TimeSpan TriesWindow = TimeSpan.FromMinutes(5);

    public static string SchemeOf(HttpContext http) =>
        TokenAuthentication.IsTried(http) ? TokenAuthentication.SchemeName : Scheme;

    public static void Configure(CookieAuthenticationOptions cookie, TimeSpan idle)
    {
        cookie.Cookie.Name = "shortsdaemon";
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (idle, true);
        (cookie.LoginPath, cookie.ReturnUrlParameter) = ("/login", "to");
        cookie.Events.OnValidatePrincipal = RequireStampAsync;
        var redirect = cookie.Events.OnRedirectToLogin;
        // A script cannot fill in a form.
        cookie.Events.OnRedirectToLogin = to =>
            ApiSetUp.IsApi(to.Request.Path) ? ApiProblem.LogIn().ExecuteAsync(to.HttpContext) : redirect(to);
        cookie.Events.OnRedirectToAccessDenied = http =>
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <returns>So many tries for each client; whoever guesses has to wait.</returns>
    public static RateLimitPartition<string> LimitOf(HttpContext http) =>
        RateLimitPartition.GetFixedWindowLimiter(
            Visitor.ClientOf(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = MostTries, Window = TriesWindow }
        );

    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        endpoints
            .MapGet("/login", (string? to) => new RazorComponentResult<LoginPage>(new { To = Local(to) }))
            .AllowAnonymous();
        endpoints.MapPost("/login", LogInAsync).AllowAnonymous().RequireRateLimiting(LoginLimit);
        endpoints.MapPost(
            "/logout",
            async (HttpContext http, [FromForm] string? _) =>
            {
                await http.SignOutAsync(Scheme);
                return Results.LocalRedirect("/login");
            }
        );
    }

    private static async Task<IResult> LogInAsync(
        HttpContext http,
        Accounts accounts,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? to
    )
    {
        if (accounts.Check(name ?? "", password ?? "") is not { } account)
            return new RazorComponentResult<LoginPage>(new { To = Local(to), IsWrong = true })
            {
                StatusCode = StatusCodes.Status401Unauthorized,
            };
        Claim[] claims = [new(ClaimTypes.Name, account.Name), new(StampClaim, account.Stamp)];
        await http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme)));
        return Results.LocalRedirect(Local(to));
    }

    // Also after a new password and when the account is gone.
    private static async Task RequireStampAsync(CookieValidatePrincipalContext context)
    {
        var (name, stamp) = (context.Principal?.Identity?.Name, context.Principal?.FindFirstValue(StampClaim));
        var accounts = context.HttpContext.RequestServices.GetRequiredService<Accounts>();
        if (name is not null && accounts.Find(name)?.Stamp == stamp)
            return;
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    // Whoever follows a link from elsewhere must not land elsewhere.
    private static string Local(string? to) =>
        to is ['/', not ('/' or '\\'), ..] && !to.StartsWith("/login", StringComparison.Ordinal) ? to : "/";
}
