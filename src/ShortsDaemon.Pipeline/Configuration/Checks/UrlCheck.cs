using ShortsDaemon.Pipeline.Configuration.Reading;

namespace ShortsDaemon.Pipeline.Configuration.Checks;

/// <summary>The web server would only say no after everything else has started.</summary>
internal static class UrlCheck
{
    private const string Key = $"{nameof(ShortsOptions.Daemon)}:{nameof(DaemonOptions.Urls)}";

    public static void Look(DaemonOptions daemon, ProblemList problems)
    {
        if (problems.Has(Key))
            return;
        var urls = daemon.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var url in urls)
            if (WrongWith(url) is { } what)
                problems.Error(Key, $"'{url}' {what}", "Write for instance http://127.0.0.1:8787.");
        if (urls.Length == 0)
            problems.Error(Key, "it holds no address", "Write for instance http://127.0.0.1:8787.");
    }

    private static string? WrongWith(string url)
    {
        if (url.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase))
            return null;
        // * and + mean every interface; Uri does not know them.
        var plain = url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal)
            .Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri))
            return "is not an address with a port from 0 to 65535";
        if (uri.Scheme == Uri.UriSchemeHttps)
            return "asks for HTTPS, which is left to a proxy in front";
        if (uri.Scheme != Uri.UriSchemeHttp)
            return "does not begin with http://";
        if (uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
            return "has more in it than a host and a port";
        return uri is { Port: 0, Host: "localhost" } ? "cannot ask localhost for any free port; name 127.0.0.1" : null;
    }
}
