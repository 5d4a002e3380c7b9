using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ShortsDaemon.Host.Web.Api;

namespace ShortsDaemon.Host.Web.Security;

/// <summary>
/// Lets programs in with a token, for the API only. Who sends one is judged by it alone: with a bad one neither a cookie
/// nor sitting at this machine helps.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    Tokens tokens,
    TokenUses uses,
    TokenGuesses guesses,
    TimeProvider time
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "token";

    private const string Kind = "Bearer";
    private const string ScopeClaim = "scope";

    private IResult _refusal = ApiProblem.LogIn();

    public static bool IsTried(HttpContext http) =>
        ApiSetUp.IsApi(http.Request.Path)
        && http.Request.Headers.Authorization.Any(value =>
            value?.StartsWith(Kind, StringComparison.OrdinalIgnoreCase) == true
        );

    /// <returns>Whether this visitor may send such a request; only tokens are held to less than everything.</returns>
    public static bool Allows(ClaimsPrincipal visitor, string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsHead(method)
        || !visitor.HasClaim(ScopeClaim, nameof(TokenScope.Read));

    /// <returns>Whether a program with a token asks: no browser sends one by itself.</returns>
    public static bool IsToken(ClaimsPrincipal visitor) => visitor.Identity?.AuthenticationType == SchemeName;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.Find(Sent()) is not { } token)
            return Refuse(guesses.Refuse(Context));
        if (token.ExpiresAt <= time.GetUtcNow())
            return Refuse(Unknown($"The token '{token.Name}' has expired."));
        await uses.NoteAsync(token, Context.RequestAborted);
        Claim[] claims = [new(ClaimTypes.Name, $"token {token.Name}"), new(ScopeClaim, token.Scope.ToString())];
        var visitor = new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName));
        return AuthenticateResult.Success(new AuthenticationTicket(visitor, SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Kind;
        return _refusal.ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ApiProblem
            .Of(
                StatusCodes.Status403Forbidden,
                "The token may only read.",
                "Send one that may act: ShortsDaemon token add NAME --scope act"
            )
            .ExecuteAsync(Context);

    public static IResult Unknown(string what) =>
        ApiProblem.Of(
            StatusCodes.Status401Unauthorized,
            what,
            "Make one with: ShortsDaemon token add NAME --scope read, and send it as 'Authorization: Bearer TOKEN'."
        );

    private AuthenticateResult Refuse(IResult refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail("bad token");
    }

    // Two of them are none: who looks after the first one might mean the second.
    private string Sent() =>
        Request.Headers.Authorization is [{ } only] && only.StartsWith(Kind + ' ', StringComparison.OrdinalIgnoreCase)
            ? only[(Kind.Length + 1)..].Trim()
            : "";
}
