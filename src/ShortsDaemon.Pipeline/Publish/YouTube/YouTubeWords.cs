using Google;
using Google.Apis.Auth.OAuth2.Responses;

namespace ShortsDaemon.Pipeline.Publish.YouTube;

/// <summary>What YouTube or Google said, for people: one line, no secrets.</summary>
public static class YouTubeWords
{
    public static string Of(Exception refusal) =>
        refusal switch
        {
            GoogleApiException api => YouTubeRefusal.Of(api).Words,
            TokenResponseException token => YouTubeRefusal.Of(token).Words,
            _ => refusal.Message,
        };
}
