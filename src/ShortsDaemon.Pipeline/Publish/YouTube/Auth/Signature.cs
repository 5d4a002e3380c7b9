using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Google.Apis.Http;

namespace ShortsDaemon.Pipeline.Publish.YouTube.Auth;

/// <summary>Signs requests with the login, and says in words when the token address answers with nothing.</summary>
internal sealed class Signature(UserCredential credential)
    : IConfigurableHttpClientInitializer,
        IHttpExecuteInterceptor,
        IHttpUnsuccessfulResponseHandler
{
    /// <summary>Sees to it that the access token is good, without a call to anything else.</summary>
    public Task SignAsync(CancellationToken cancel) =>
        InWordsAsync(() => credential.GetAccessTokenForRequestAsync(null, cancel));

    public void Initialize(ConfigurableHttpClient httpClient) => httpClient.MessageHandler.Credential = this;

    public Task InterceptAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        InWordsAsync(async () =>
        {
            await credential.InterceptAsync(request, cancellationToken);
            return true;
        });

    public Task<bool> HandleResponseAsync(HandleUnsuccessfulResponseArgs args) =>
        InWordsAsync(() => credential.HandleResponseAsync(args));

    // The library stumbles over an error without a body.
    private static async Task<T> InWordsAsync<T>(Func<Task<T>> refresh)
    {
        try
        {
            return await refresh();
        }
        catch (NullReferenceException)
        {
            var error = new TokenErrorResponse
            {
                Error = "unavailable",
                ErrorDescription = "the token address answers nothing",
            };
            throw new TokenResponseException(error, HttpStatusCode.ServiceUnavailable);
        }
    }
}
