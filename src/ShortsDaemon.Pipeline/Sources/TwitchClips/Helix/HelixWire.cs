using System.Net;
using System.Net.Http.Headers;
using ShortsDaemon.Pipeline.Configuration;
using ShortsDaemon.Pipeline.Credentials;
using ShortsDaemon.Pipeline.Flow;
using ShortsDaemon.Pipeline.Sources.TwitchClips.Login;

namespace ShortsDaemon.Pipeline.Sources.TwitchClips.Helix;

/// <summary>Brings a question to Helix: within the budget, with a token that is renewed when it was refused.</summary>
public sealed class HelixWire(
    TwitchHttp http,
    AppToken application,
    AccountTokens accounts,
    RateBudgets budgets,
    LiveOptions options,
    TimeProvider time
)
{
    private const int MostWaits = 3;

    /// <exception cref="HelixException">Helix said no.</exception>
    /// <exception cref="CredentialException">There is no token that Helix takes.</exception>
    /// <exception cref="NotYetException">The rate limit stays used up.</exception>
    /// <exception cref="UnavailableException">Twitch cannot be reached or talks nonsense.</exception>
    internal async Task<HelixPage<T>> GetAsync<T>(HelixRequest request, CancellationToken cancel)
    {
        using var answer = await SendAsync(request, cancel);
        return await TwitchHttp.ReadAsync<HelixPage<T>>(answer, request.Path, cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(HelixRequest request, CancellationToken cancel)
    {
        var (renewed, waits) = (false, 0);
        while (true)
        {
            var limits = budgets.Of(request);
            foreach (var limit in limits)
                await limit.TakeAsync(cancel);
            var token = await TokenAsync(request, cancel);
            var answer = await http.SendAsync(MessageOf(request, token), request.Path, cancel);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                Learn(limits, RateAnswer.Of(answer, time.GetUtcNow()));
                return answer;
            }
            using (answer)
            {
                if (answer.StatusCode == HttpStatusCode.Unauthorized && !renewed)
                {
                    renewed = true;
                    await RenewAsync(request, token, cancel);
                }
                else if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                    Close(request, limits, RateAnswer.Of(answer, time.GetUtcNow()), ++waits);
                else
                    throw await RefusalAsync(request, answer, cancel);
            }
        }
    }

    private static void Learn(IReadOnlyList<RateBudget> limits, RateAnswer rate)
    {
        if (rate is { Limit: { } limit, Remaining: { } remaining })
            limits[0].Learn(limit, remaining);
    }

    // Whoever comes next waits as well: the same bucket is empty for all.
    private void Close(HelixRequest request, IReadOnlyList<RateBudget> limits, RateAnswer rate, int waits)
    {
        var empty = rate.IsEmpty ? limits[0] : limits[^1];
        empty.CloseFor(rate.Wait);
        if (waits > MostWaits)
            throw new NotYetException(
                time.GetUtcNow() + rate.Wait,
                $"Twitch's rate limit for {request.Path} is used up by this or another program of the application"
            );
    }

    private async Task<UserToken> TokenAsync(HelixRequest request, CancellationToken cancel) =>
        request.Account is { } account
            ? await accounts.GetAsync(account, cancel)
            : new UserToken(await application.GetAsync(cancel));

    private Task RenewAsync(HelixRequest request, UserToken refused, CancellationToken cancel) =>
        request.Account is { } account
            ? accounts.RenewAsync(account, refused.Access, cancel)
            : application.RenewAsync(refused.Access, cancel);

    private HttpRequestMessage MessageOf(HelixRequest request, UserToken token)
    {
        var twitch = options.Value.Twitch;
        var message = new HttpRequestMessage(
            HttpMethod.Get,
            $"{twitch.ApiBaseUrl.TrimEnd('/')}/{request.Path}?{request.QueryOf(token.UserId)}"
        );
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Access);
        message.Headers.Add("Client-Id", twitch.ClientId);
        return message;
    }

    private static async Task<Exception> RefusalAsync(
        HelixRequest request,
        HttpResponseMessage answer,
        CancellationToken cancel
    )
    {
        var why = await TwitchHttp.WhyAsync(answer, cancel);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
            return new CredentialException(
                request.Account is { } account
                    ? $"Twitch does not let account '{account}' ask for {request.Path}: {why}. Run: ShortsDaemon auth twitch {account}"
                    : $"Twitch refuses the application, even with a new token: {why}. Check Twitch:ClientId and Twitch:ClientSecret."
            );
        return new HelixException(
            answer.StatusCode,
            $"Twitch answered {request.Path} with {(int)answer.StatusCode}: {why}"
        );
    }
}
