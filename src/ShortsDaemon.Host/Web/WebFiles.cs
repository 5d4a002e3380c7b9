using System.Collections.Frozen;
using System.Net.Mime;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace ShortsDaemon.Host.Web;

/// <summary>Style sheets and scripts of the pages; they are part of the program file.</summary>
internal static class WebFiles
{
    private const string Prefix = "web/";

    private static readonly FrozenDictionary<string, WebFile> All = Assembly
        .GetExecutingAssembly()
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    /// <returns>Where it lies: another place for each content, so that browsers may keep it for good.</returns>
    public static string Address(string name) => $"/assets/{name}?{All[name].Mark}";

    public static void MapWebFiles(this IEndpointRouteBuilder endpoints) =>
        endpoints
            .MapGet(
                "/assets/{name}",
                (string name, HttpResponse answer) =>
                {
                    if (!All.TryGetValue(name, out var file))
                        return Results.NotFound();
                    answer.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
                    return Results.Bytes(file.Content, file.Type);
                }
            )
            .AllowAnonymous();

    private static WebFile Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = resource.EndsWith(".css", StringComparison.Ordinal)
            ? MediaTypeNames.Text.Css
            : MediaTypeNames.Text.JavaScript;
        return new WebFile(content, type, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
    }

    /// <param name="Content">UTF-8.</param>
    /// <param name="Type">Media type.</param>
    /// <param name="Mark">Differs for each content.</param>
    private sealed record WebFile(byte[] Content, string Type, string Mark);
}
