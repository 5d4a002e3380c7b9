using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ShortsDaemon.World.Google;

namespace ShortsDaemon.World.YouTube;

/// <summary>What every request passes: token, scope, planned refusals, quota. Refusals leave in YouTube's envelope.</summary>
internal sealed class ApiDoor(GoogleWorld google, YouTubeState state)
{
    /// <param name="access">What the token must allow.</param>
    /// <param name="cost">What an accepted request takes from the project's day.</param>
    /// <param name="work">The request itself.</param>
    public RequestDelegate Serve(Access access, Cost cost, Func<ApiCall, Task> work) =>
        async http =>
        {
            try
            {
                var grant = Identify(http);
                Require(grant, access);
                var call = new ApiCall(http, grant, state.ChannelOf(grant.Account));
                await ChargedAsync(call, cost, work);
            }
            catch (ApiException e)
            {
                await RefuseAsync(http, e.Refusal);
            }
        };

    private Grant Identify(HttpContext http)
    {
        const string bearer = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(bearer, StringComparison.Ordinal))
            throw new ApiException(ApiRefusal.NoToken);
        return google.Tokens.Find(header[bearer.Length..]) ?? throw new ApiException(ApiRefusal.BadToken);
    }

    private static void Require(Grant grant, Access access)
    {
        var scopes = grant.Scopes;
        var enough =
            scopes.Contains(GoogleScopes.ForceSsl)
            || (access != Access.Captions && scopes.Contains(GoogleScopes.Manage))
            || (access == Access.Upload && scopes.Contains(GoogleScopes.Upload))
            || (access == Access.Read && scopes.Contains(GoogleScopes.ReadOnly));
        if (!enough)
            throw new ApiException(ApiRefusal.ScopeMissing);
    }

    /// <summary>Taken before the work, so that requests side by side cannot spend the same unit; a refused request costs one unit.</summary>
    private async Task ChargedAsync(ApiCall call, Cost cost, Func<ApiCall, Task> work)
    {
        state.Quota.Spend(call.Project, cost);
        try
        {
            if (state.Refusals.Take(call.Http.OperationName()) is { } planned)
                throw new ApiException(planned);
            await work(call);
        }
        catch (ApiException)
        {
            state.Quota.Refund(call.Project, cost);
            throw;
        }
    }

    private static Task RefuseAsync(HttpContext http, ApiRefusal refusal)
    {
        http.Response.StatusCode = refusal.Status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate =
                "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"";
        var error = new JsonObject
        {
            ["message"] = refusal.Message,
            ["domain"] = refusal.Domain,
            ["reason"] = refusal.Reason,
        };
        var envelope = new JsonObject
        {
            ["code"] = refusal.Status,
            ["message"] = refusal.Message,
            ["errors"] = new JsonArray(error),
        };
        return http.Response.WriteAsync(new JsonObject { ["error"] = envelope }.ToJsonString());
    }
}

/// <summary>What a token must allow.</summary>
internal enum Access
{
    Read,
    Upload,
    Manage,
    Captions,
}
