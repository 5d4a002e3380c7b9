using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>A mistyped proxy would turn all its visitors into one, or let them tell whatever address they like.</summary>
internal static class WebCheck
{
    private const string Key = $"{nameof(ShortsOptions.Web)}:{nameof(WebOptions.Proxies)}";
    private const string Mend = "Write an address or a network, for instance 127.0.0.1 or 10.0.0.0/8.";

    public static void Look(WebOptions web, ProblemList problems)
    {
        for (var i = 0; i < web.Proxies.Count; i++)
            if (WebOptions.NetworkOf(web.Proxies[i]) is not { } network)
                problems.Error($"{Key}:{i}", $"'{web.Proxies[i]}' is neither an address nor a network", Mend);
            else if (network.PrefixLength == 0)
                problems.Error($"{Key}:{i}", "everybody would be believed to be a proxy", Mend);
    }
}
