using Microsoft.AspNetCore.Http;

namespace ShortsDaemon.World.Google;

/// <summary>The token end point: codes and refresh tokens for access tokens, and the way to give them back.</summary>
internal sealed class TokenDesk(GoogleWorld google)
{
    public async Task ExchangeAsync(HttpContext http)
    {
        if (google.TakeOutage())
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        if (!http.Request.HasFormContentType)
        {
            await RefuseAsync(http, 400, "invalid_request", "The body must be a form.");
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var project = google.FindProject(form["client_id"]);
        if (project is null || form["client_secret"] != project.ClientSecret)
            await RefuseAsync(http, 401, "invalid_client", "The provided client secret is invalid.");
        else if (form["grant_type"] == "authorization_code")
            await FromCodeAsync(http, form, project);
        else if (form["grant_type"] == "refresh_token")
            await FromRefreshTokenAsync(http, form, project);
        else
            await RefuseAsync(http, 400, "unsupported_grant_type", "Invalid grant_type.");
    }

    public async Task RevokeAsync(HttpContext http)
    {
        var token = http.Request.Query["token"].FirstOrDefault();
        if (token is null && http.Request.HasFormContentType)
            token = (await http.Request.ReadFormAsync(http.RequestAborted))["token"];
        if (google.Tokens.RevokeToken(token ?? ""))
            await http.Response.WriteAsJsonAsync(new { });
        else
            await RefuseAsync(http, 400, "invalid_token", "Token expired or revoked");
    }

    private Task FromCodeAsync(HttpContext http, IFormCollection form, GoogleProject project)
    {
        var (code, reason) = google.Codes.Take(
            form["code"].ToString(),
            project,
            form["redirect_uri"].ToString(),
            form["code_verifier"]
        );
        if (code is null)
            return RefuseAsync(http, 400, "invalid_grant", reason);
        var token = google.Tokens.Add(code.Account, project, code.Scopes);
        return AnswerAsync(http, token, token.Grant.RefreshToken);
    }

    private Task FromRefreshTokenAsync(HttpContext http, IFormCollection form, GoogleProject project)
    {
        var rotate = google.RotatesRefreshTokens;
        var token = google.Tokens.Refresh(form["refresh_token"].ToString(), project, rotate);
        return token is null
            ? RefuseAsync(http, 400, "invalid_grant", "Token has been expired or revoked.")
            : AnswerAsync(http, token, rotate ? token.Grant.RefreshToken : null);
    }

    private Task AnswerAsync(HttpContext http, AccessToken token, string? refreshToken)
    {
        var answer = new Dictionary<string, object>
        {
            ["access_token"] = token.Token,
            ["expires_in"] = Seconds(google.AccessTokenLife),
            ["scope"] = string.Join(' ', token.Grant.Scopes),
            ["token_type"] = "Bearer",
        };
        if (refreshToken is not null)
            answer["refresh_token"] = refreshToken;
        if (refreshToken is not null && token.Grant.Project.RefreshTokenLife is { } life)
            answer["refresh_token_expires_in"] = Seconds(life);
        return http.Response.WriteAsJsonAsync(answer);
    }

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private static Task RefuseAsync(HttpContext http, int status, string error, string words)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { error, error_description = words });
    }
}
