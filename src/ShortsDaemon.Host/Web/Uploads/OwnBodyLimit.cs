using Microsoft.AspNetCore.Http.Metadata;

namespace ShortsDaemon.Host.Web.Uploads;

/// <summary>An endpoint sets the largest body itself before it reads the first byte; that of other requests is not for it.</summary>
internal sealed class OwnBodyLimit : IRequestSizeLimitMetadata
{
    public static readonly OwnBodyLimit Instance = new();

    public long? MaxRequestBodySize => null;
}
