using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace ShortsDaemon.World.Google;

/// <summary>The page that a browser is sent to. The user decides at once, as <see cref="ConsentSwitches"/> say.</summary>
internal sealed class ConsentPage(GoogleWorld google)
{
    public Task ShowAsync(HttpContext http)
    {
        var ask = http.Request.Query;
        if (google.FindProject(ask["client_id"]) is not { } project)
            return Refuse(http, 401, "invalid_client", "The OAuth client was not found.");
        var redirect = ask["redirect_uri"].ToString();
        if (!IsLoopback(redirect))
            return Refuse(http, 400, "redirect_uri_mismatch", "An installed app is sent back to a loopback address.");
        if (ask["response_type"] != "code" || Scopes(ask).Length == 0)
            return Refuse(http, 400, "invalid_request", "response_type must be code, and scope must name one.");
        if (ask["code_challenge"].Count > 0 && ask["code_challenge_method"] != "S256")
            return Refuse(http, 400, "invalid_request", "code_challenge_method must be S256.");
        var account = google.Consent.Account ?? Hinted(ask) ?? google.FirstAccount;
        if (account is null)
            return Refuse(http, 400, "invalid_request", "There is no account to pick.");
        http.Response.Redirect(redirect + Decide(ask, project, account, redirect).ToQueryString());
        return Task.CompletedTask;
    }

    private QueryBuilder Decide(IQueryCollection ask, GoogleProject project, string account, string redirect)
    {
        var answer = new QueryBuilder();
        if (ask["state"].Count > 0)
            answer.Add("state", ask["state"].ToString());
        var allowed = Scopes(ask).Except(google.Consent.Unticks).ToList();
        if (google.Consent.Denies || allowed.Count == 0)
        {
            answer.Add("error", "access_denied");
            return answer;
        }
        answer.Add("code", google.Codes.Make(account, project, redirect, ask["code_challenge"], allowed));
        answer.Add("scope", string.Join(' ', allowed));
        return answer;
    }

    private string? Hinted(IQueryCollection ask) =>
        ask["login_hint"].FirstOrDefault() is { } hint && google.HasAccount(hint) ? hint : null;

    private static string[] Scopes(IQueryCollection ask) =>
        ask["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;

    private static Task Refuse(HttpContext http, int status, string error, string words)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"<html><body><h1>Error {status}: {error}</h1><p>{words}</p></body></html>");
    }
}
